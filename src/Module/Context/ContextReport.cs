using System.Collections.Generic;
using System.Linq;
using AppRunner.Commands;
using AppRunner.Connections;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.Context;

/// <summary>Finds what a call without parameters would use: the client looks its settings up, and this adds what only the session knows.</summary>
/// <param name="session">Defaults and the local endpoint.</param>
/// <param name="tools">The session variables of AWS.Tools.</param>
internal sealed class ContextReport(SessionContext session, AwsToolsVariables tools)
{
    private const string SetContext = "Set-ARContext";

    private readonly ConnectionSettings defaults = session.Defaults;
    private readonly LocalEndpoint? local = session.LocalEndpoint;

    /// <summary>Finds the settings. Makes no call, and starts no program.</summary>
    /// <returns>The settings, without secrets.</returns>
    public ConnectionContext Read()
    {
        var settings = Settings();
        ContextSetting? Find(string name) => settings.Find(setting => setting.Name == name);
        bool? Switch(string name) => Find(name)?.Value is { } text ? bool.Parse(text) : null;
        return new ConnectionContext
        {
            Region = Find(ContextSetting.RegionName)?.Value,
            ProfileName = Find(ContextSetting.ProfileName)?.Value,
            AccessKey = local?.AccessKey ?? defaults.AccessKey,
            Credentials = Find(ContextSetting.CredentialsName)?.Value,
            AccountId = Find(ContextSetting.AccountName)?.Value,
            EndpointUrl = local?.EndpointUrl ?? defaults.EndpointUrl ?? (Find(ContextSetting.EndpointName) is { } endpoint && endpoint.Source != ContextSetting.OfRegion ? endpoint.Value : null),
            UseFipsEndpoint = Switch(ContextSetting.FipsName),
            UseDualStackEndpoint = Switch(ContextSetting.DualStackName),
            RequestTimeout = defaults.RequestTimeout ?? ConnectionSettings.DefaultRequestTimeout,
            IsLocal = local is not null,
            Source = local is null ? Chain() : "Local endpoint",
            Settings = settings,
            Problems = settings.Select(setting => setting.Problem).OfType<string>().Distinct().ToArray(),
            Given = defaults,
        };
    }

    private List<ContextSetting> Settings()
    {
        AppRunnerException? wrong = null;
        var given = defaults;
        try
        {
            given = new RegionAndIdentityChoice(session, new GivenIdentity(null, null, null, null, null), null, null, tools).SettingsFor(null);
        }
        catch (AppRunnerException exception)
        {
            wrong = exception;
        }

        var settings = new List<ContextSetting>();
        foreach (var setting in (session.Connector ?? PrivateAssemblies.Connector).Describe(given))
        {
            if (setting.Name == (wrong is NoRegionException ? ContextSetting.RegionName : ContextSetting.CredentialsName) && wrong is not null)
                settings.Add(new ContextSetting(setting.Name, null, null, $"{wrong.Message} {wrong.RecommendedAction}".Trim()));
            else if (setting.Name == ContextSetting.AccountName && AccountIn(given) is { } known)
                settings.Add(known);
            else if (setting.Source == ContextSetting.Given)
                settings.Add(new ContextSetting(setting.Name, setting.Value, SourceOf(setting.Name)));
            else if (setting.Name != ContextSetting.ProfileName || local is null)
                settings.Add(setting);
        }

        // An endpoint that is given, such as the local one, need not be in a region of App Runner.
        if (settings.Exists(setting => setting is { Name: ContextSetting.EndpointName, Source: ContextSetting.OfRegion })
            && settings.FindIndex(setting => setting is { Name: ContextSetting.RegionName, Value: not null, Problem: null }) is >= 0 and var at
            && ErrorReporter.UnknownRegion(settings[at].Value!, settings[at].Source) is { } hint)
            settings[at] = new ContextSetting(ContextSetting.RegionName, settings[at].Value, settings[at].Source, hint);
        return settings;
    }

    private ContextSetting? AccountIn(ConnectionSettings given) =>
        local is not null ? new ContextSetting(ContextSetting.AccountName, local.AccountId, ContextSetting.LocalEndpoint)
        : ClientConnections.KnownAccount(given) is { } seen ? new ContextSetting(ContextSetting.AccountName, seen, "seen in a response") : null;

    private string SourceOf(string name) => name switch
    {
        ContextSetting.RegionName when defaults.Region is null => local is null ? AwsToolsVariables.RegionName : ContextSetting.LocalEndpoint,
        ContextSetting.ProfileName or ContextSetting.CredentialsName when local is null && !GivenIdentity.IsIn(defaults) => tools.CredentialSource,
        ContextSetting.CredentialsName or ContextSetting.EndpointName when local is not null => ContextSetting.LocalEndpoint,
        _ => SetContext,
    };

    private string Chain()
    {
        var before = new[] { defaults == new ConnectionSettings() ? null : SetContext, tools.Source }.Where(part => part is not null).ToArray();
        return before.Length == 0 ? "Environment and AWS profiles" : string.Join(", then ", before) + ", then environment and AWS profiles";
    }
}
