using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Client.Calls;
using AppRunner.Client.Credentials;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client;

/// <summary>Creates connections to App Runner with AWSSDK.Core. It is created by name in a private load context, so no SDK type is in its signatures.</summary>
internal sealed class AppRunnerConnector : IAppRunnerConnector
{
    private readonly IClock clock;
    private readonly WindowsProfileStore? windowsStore;

    /// <summary>Creates a connector.</summary>
    public AppRunnerConnector()
        : this(SystemClock.Instance)
    {
    }

    /// <summary>Creates a connector.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="windowsStore">The profile store of Windows; null for that of this computer.</param>
    public AppRunnerConnector(IClock clock, WindowsProfileStore? windowsStore = null)
    {
        this.clock = clock;
        this.windowsStore = windowsStore;
    }

    /// <inheritdoc/>
    public async Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var profiles = new ProfileLookup(settings, windowsStore ?? WindowsProfileStore.OfSystem());

        // First: a mistyped profile name also leaves the region unknown, and is the error to report.
        CredentialFinder.CheckProfileName(settings, profiles);
        var region = await RegionFinder.FindAsync(settings.Region, profiles, clock, cancellationToken).ConfigureAwait(false);
        var endpoint = EndpointFinder.Find(settings, JsonService.AppRunner, region, profiles);
        var roots = CertificateBundle.Read(profiles);
        var (credentials, source) = await new CredentialFinder(profiles, region, roots, clock).FindAsync(settings, cancellationToken).ConfigureAwait(false);
        var options = new ClientOptions(ConnectionSettings.CheckRequestTimeout(settings.RequestTimeout) ?? ConnectionSettings.DefaultRequestTimeout, RetryRules.Read(profiles), roots);
        var clients = new JsonClients(service => new JsonClient(
            credentials,
            source.Name,
            service.SigningName,
            region,
            service == JsonService.AppRunner ? endpoint : EndpointFinder.Find(settings, service, region, profiles),
            options,
            clock));
        return new AppRunnerConnection(clients, credentials as CachedCredentials, region, endpoint, source.Name)
        {
            ConfiguredAccountId = EnvironmentText.OrNull((credentials as CachedCredentials)?.GetCredentials().AccountId) ?? source.ValidAccountId,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<ContextSetting> Describe(ConnectionSettings settings) => new SettingsReport(settings, windowsStore ?? WindowsProfileStore.OfSystem(), clock).Read();

    /// <inheritdoc/>
    public string EnvironmentFingerprint()
    {
        var variables = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase))
                variables.Add(name + "=" + variable.Value);
        }

        variables.Sort(StringComparer.Ordinal);
        var files = ProfileFiles.Paths().Concat(EnvironmentText.Variable("AWS_CA_BUNDLE") is { } bundle ? [bundle] : []);
        return string.Join("\n", variables.Concat(files.Select(path => File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture))));
    }

    /// <inheritdoc/>
    public string[] GetProfileNames()
    {
        try
        {
            return ProfileFiles.Read().Names.Concat((windowsStore ?? WindowsProfileStore.OfSystem()).Names).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        }
        catch (NoCredentialException)
        {
            return [];
        }
    }
}
