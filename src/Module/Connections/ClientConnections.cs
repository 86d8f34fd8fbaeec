using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Loading;
using AppRunner.Model;
using AppRunner.Session;

namespace AppRunner.Connections;

/// <summary>
/// The connections of one cmdlet call, one for each region. They are pooled by their settings for the process, so that credentials are
/// resolved once and sockets stay open.
/// </summary>
/// <param name="choice">Chooses region, identity and endpoint.</param>
/// <param name="session">May have its own connector, in tests.</param>
/// <param name="trace">Called with each request and response, on any thread; null without -Debug.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ClientConnections(RegionAndIdentityChoice choice, SessionContext session, Action<string>? trace, CancellationToken stopped)
{
    // Far more than are used at once. The limit protects against scripts that create a credential object for each call.
    private const int MaxPooled = 200;

    private static readonly ConcurrentDictionary<PoolKey, IAppRunnerConnection> Pool = new();

    // What responses told about an identity is true for its connections to all regions.
    private static readonly ConcurrentDictionary<PoolKey, SeenAccount> Accounts = new();

    private readonly Dictionary<string, Task<IAppRunnerConnection>> connections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The connection for a region.</summary>
    /// <param name="region">The region of the parameter or of an ARN; null for the default.</param>
    /// <returns>The connection.</returns>
    public Task<IAppRunnerConnection> ConnectAsync(string? region)
    {
        // Once for each region; failures are not cached.
        lock (connections)
        {
            if (!connections.TryGetValue(region ?? string.Empty, out var connection) || connection.IsFaulted || connection.IsCanceled)
                connections[region ?? string.Empty] = connection = trace is null ? ConnectAsync(choice.SettingsFor(region)) : TracedAsync(choice.SettingsFor(region), trace);
            return connection;
        }
    }

    /// <summary>The account that responses to calls with the same credentials had. Makes no call.</summary>
    /// <param name="settings">The settings of a call.</param>
    /// <returns>The account; null if it is not known.</returns>
    public static string? KnownAccount(ConnectionSettings settings) =>
        PrivateAssemblies.IsConnectorLoaded && Accounts.TryGetValue(new PoolKey(settings, PrivateAssemblies.Connector.EnvironmentFingerprint()).Identity, out var seen) ? seen.AccountId : null;

    private async Task<IAppRunnerConnection> TracedAsync(ConnectionSettings settings, Action<string> write) => new TracedConnection(await ConnectAsync(settings).ConfigureAwait(false), write);

    private async Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings)
    {
        if (session.Connector is { } own)
            return await own.ConnectAsync(settings, stopped).ConfigureAwait(false);

        // The first use loads the client's assemblies. On a background thread, so that Ctrl+C works meanwhile.
        var connector = PrivateAssemblies.IsConnectorLoaded ? PrivateAssemblies.Connector : await Task.Run(() => PrivateAssemblies.Connector, stopped).ConfigureAwait(false);

        // The current AWS_* variables and shared files are part of the key, because a connection for earlier values may have other credentials.
        var key = new PoolKey(settings, connector.EnvironmentFingerprint());
        if (Pool.TryGetValue(key, out var known))
            return known;

        var connection = await Task.Run(() => connector.ConnectAsync(settings, stopped), stopped).ConfigureAwait(false);

        // Connections of an earlier environment are removed from the pool, but not disposed: a call may still use them.
        foreach (var old in Pool.Keys.Where(old => old.Environment != key.Environment))
        {
            Pool.TryRemove(old, out _);
            Accounts.TryRemove(old.Identity, out _);
        }

        if (Pool.Count >= MaxPooled)
        {
            Pool.Clear();
            Accounts.Clear();
        }

        connection.Seen = Accounts.GetOrAdd(key.Identity, _ => new SeenAccount());
        var kept = Pool.GetOrAdd(key, connection);
        if (!ReferenceEquals(kept, connection))
            connection.Dispose();
        return kept;
    }

    // A class: collections over value types are compiled for each of them, at the first call.
    private sealed record PoolKey(ConnectionSettings Settings, string Environment)
    {
        // A connection to another region has the same account.
        public PoolKey Identity => this with { Settings = Settings with { Region = null, RequestTimeout = null, UseFipsEndpoint = null, UseDualStackEndpoint = null } };
    }
}
