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
    private static readonly TimeSpan DefaultCallTimeout = TimeSpan.FromSeconds(100);

    private readonly IClock clock;

    /// <summary>Creates a connector.</summary>
    public AppRunnerConnector()
        : this(SystemClock.Instance)
    {
    }

    public AppRunnerConnector(IClock clock)
    {
        this.clock = clock;
    }

    /// <inheritdoc/>
    public async Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (settings.CallTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue))
            throw new InvalidParameterException($"CallTimeout is {timeout}. It must be positive and at most {TimeSpan.FromMilliseconds(int.MaxValue).Days} days.");
        var profiles = new ProfileLookup(settings);

        // First: a mistyped profile name also leaves the region unknown, and is the error to report.
        CredentialFinder.CheckProfileName(settings, profiles);
        var region = await RegionFinder.FindAsync(settings.Region, profiles, clock, cancellationToken).ConfigureAwait(false);
        var endpoint = EndpointFinder.Find(settings, JsonService.AppRunner, region, profiles);
        var (credentials, source) = await new CredentialFinder(profiles, region, clock).FindAsync(settings, cancellationToken).ConfigureAwait(false);
        var clients = new JsonClients(service => new JsonClient(
            credentials,
            source,
            service.SigningName,
            region,
            service == JsonService.AppRunner ? endpoint : EndpointFinder.Find(settings, service, region, profiles),
            settings.CallTimeout ?? DefaultCallTimeout,
            clock));
        return new AppRunnerConnection(clients, credentials as CachedCredentials, region, endpoint, source);
    }

    /// <inheritdoc/>
    public string EnvironmentFingerprint()
    {
        var variables = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase))
                variables[name] = variable.Value as string;
        }

        return string.Join("\n", variables.Select(pair => pair.Key + "=" + pair.Value).Concat(ProfileFiles.Paths().Select(path => File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture))));
    }

    /// <inheritdoc/>
    public string[] GetProfileNames()
    {
        try
        {
            return ProfileFiles.Read().Names.Concat(WindowsProfileStore.Names()).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        }
        catch (NoCredentialException)
        {
            return [];
        }
    }
}
