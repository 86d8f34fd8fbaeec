using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Amazon.Util;
using AppRunner.Client.Calls;
using AppRunner.Client.Credentials;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client;

/// <summary>
/// The settings that the next connection would use, and where they come from. They are read by the classes that <see cref="AppRunnerConnector"/>
/// uses, so a wrong one has the words of the error that the call would report.
/// </summary>
/// <param name="settings">The given settings.</param>
/// <param name="windowsStore">The profile store of Windows.</param>
/// <param name="clock">The clock.</param>
internal sealed class SettingsReport(ConnectionSettings settings, WindowsProfileStore windowsStore, IClock clock)
{
    private const string AskedLater = "not set; the first call asks the EC2 metadata service";

    private readonly ProfileLookup profiles = new(settings, windowsStore);
    private readonly List<ContextSetting> report = [];

    /// <summary>Reads the settings. Makes no call, and starts no program.</summary>
    /// <returns>The settings in the order in which a connection needs them.</returns>
    public IReadOnlyList<ContextSetting> Read()
    {
        Add(ContextSetting.RegionName, Region);
        Add(ContextSetting.ProfileName, Profile, profiles.Named);
        Add(ContextSetting.CredentialsName, Credentials);
        Add(ContextSetting.AccountName, Account);
        Add(ContextSetting.EndpointName, Endpoint);
        AddSwitch(ContextSetting.FipsName, () => EndpointFinder.UsesFips(settings, profiles));
        AddSwitch(ContextSetting.DualStackName, () => EndpointFinder.UsesDualStack(settings, profiles));
        Add(ContextSetting.RequestTimeoutName, RequestTimeout);
        Add(ContextSetting.MaxAttemptsName, MaxAttempts);
        Add(ContextSetting.CaBundleName, CaBundle);
        Add(ContextSetting.ProxyName, () => EndpointIn(report) is { } endpoint ? HttpHandlers.ProxyOf(endpoint) : (null, null));
        return report;
    }

    private static Uri? EndpointIn(List<ContextSetting> report) => report.Find(setting => setting.Name == ContextSetting.EndpointName) is { Value: { } url } ? new Uri(url) : null;

    private void AddSwitch(string name, Func<(bool IsUsed, string? Source)> read) => Add(name, () => read() is var (isUsed, source) && source is not null ? (isUsed ? "true" : "false", source) : (null, null));

    // What nothing sets and what has no default is left out.
    private void Add(string name, Func<(string? Value, string? Source)> read, string? wrongValue = null)
    {
        try
        {
            var (value, source) = read();
            if ((value ?? source) is not null)
                report.Add(new ContextSetting(name, value, source));
        }
        catch (AppRunnerException wrong)
        {
            report.Add(new ContextSetting(name, wrongValue, null, wrong.RecommendedAction is { } advice ? $"{wrong.Message} {advice}" : wrong.Message));
        }
    }

    private (string? Value, string? Source) Region()
    {
        if (RegionFinder.Configured(settings.Region, profiles) is { } configured)
            return configured;
        return EC2InstanceMetadata.IsIMDSEnabled ? (null, AskedLater) : throw RegionFinder.NotFound(profiles);
    }

    private (string? Value, string? Source) Profile()
    {
        CredentialFinder.CheckProfileName(settings, profiles);
        return profiles.Named is null && !profiles.Names.Contains(profiles.Name, StringComparer.Ordinal)
            ? (null, null)
            : (profiles.Name, profiles.Given is not null ? ContextSetting.Given : profiles.Named is not null ? "AWS_PROFILE" : ContextSetting.Default);
    }

    private CredentialSource Choice() => new CredentialFinder(profiles, string.Empty, null, clock).Choose(settings);

    private (string? Value, string? Source) Credentials()
    {
        CredentialFinder.CheckProfileName(settings, profiles);
        var choice = Choice();
        var isGiven = settings.KeySource is not null || EnvironmentText.OrNull(settings.AccessKey) is not null;
        return choice.Description is null ? (null, AskedLater) : (choice.Description, isGiven ? ContextSetting.Given : choice.Name);
    }

    private (string? Value, string? Source) Account()
    {
        if (report.Exists(setting => setting.Name == ContextSetting.CredentialsName && setting.Problem is not null))
            return (null, null);
        var choice = Choice();
        return choice.ValidAccountId is { } account ? (account, choice.AccountSource) : (null, "not known before the first call");
    }

    private (string? Value, string? Source) Endpoint()
    {
        if (EndpointFinder.Override(settings.EndpointUrl, JsonService.AppRunner.ConfigurationKey, profiles) is { } configured)
            return (configured.Endpoint.AbsoluteUri, configured.Source);
        return report.Find(setting => setting.Name == ContextSetting.RegionName)?.Value is { } region
            ? (EndpointFinder.Find(settings, JsonService.AppRunner, region, profiles).AbsoluteUri, ContextSetting.OfRegion)
            : (null, null);
    }

    private (string? Value, string? Source) RequestTimeout() => (
        (ConnectionSettings.CheckRequestTimeout(settings.RequestTimeout) ?? ConnectionSettings.DefaultRequestTimeout).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
        settings.RequestTimeout is null ? ContextSetting.Default : ContextSetting.Given);

    private (string? Value, string? Source) MaxAttempts()
    {
        RetryRules.Read(profiles);
        var (attempts, source) = RetryRules.Attempts(profiles);
        return attempts is null ? (RetryRules.DefaultAttempts.ToString(CultureInfo.InvariantCulture), ContextSetting.Default) : (attempts, source);
    }

    private (string? Value, string? Source) CaBundle()
    {
        CertificateBundle.Read(profiles);
        var (path, source) = CertificateBundle.FileSetting(profiles);
        return (path, path is null ? null : source);
    }
}
