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
/// The connections of one call of a cmdlet, one for each region. Beyond the call they are kept by their settings for the process: the same
/// credentials are looked up once, and sockets stay open.
/// </summary>
/// <param name="choice">Chooses region, identity and endpoint.</param>
/// <param name="session">May have a connector of its own.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class ClientConnections(RegionAndIdentityChoice choice, SessionContext session, CancellationToken stopped)
{
    // Far more than are used at once. A script that makes a credential object for each call must not fill the memory with connections.
    private const int MaxPooled = 200;

    private static readonly ConcurrentDictionary<(ConnectionSettings Settings, string Surroundings), IAppRunnerConnection> Pool = new();

    private readonly Dictionary<string, Task<IAppRunnerConnection>> connections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The connection for a region.</summary>
    /// <param name="region">The region that is asked for, by parameter or by an ARN; null for the default.</param>
    /// <returns>The connection.</returns>
    public Task<IAppRunnerConnection> ConnectAsync(string? region)
    {
        // Once per call of a cmdlet and region; a failure is not kept.
        lock (connections)
        {
            if (!connections.TryGetValue(region ?? string.Empty, out var connection) || connection.IsFaulted || connection.IsCanceled)
                connections[region ?? string.Empty] = connection = ConnectAsync(choice.SettingsFor(region));
            return connection;
        }
    }

    private async Task<IAppRunnerConnection> ConnectAsync(ConnectionSettings settings)
    {
        if (session.Connector is { } own)
            return await own.ConnectAsync(settings, stopped).ConfigureAwait(false);

        // The first use loads the client's dlls; that must not hold up Ctrl+C.
        var connector = PrivateAssemblies.IsConnectorLoaded ? PrivateAssemblies.Connector : await Task.Run(() => PrivateAssemblies.Connector, stopped).ConfigureAwait(false);

        // What $env:AWS_… and the shared files say now is part of the key; a connection made for what they said before would be another identity's.
        var key = (settings, connector.EnvironmentFingerprint());
        if (Pool.TryGetValue(key, out var known))
            return known;
        var connection = await Task.Run(() => connector.ConnectAsync(settings, stopped), stopped).ConfigureAwait(false);

        // What was found in other surroundings will hardly be asked for again. It is only let go, not closed: a call may still use it.
        foreach (var old in Pool.Keys.Where(old => old.Surroundings != key.Item2))
            Pool.TryRemove(old, out _);
        if (Pool.Count >= MaxPooled)
            Pool.Clear();
        var kept = Pool.GetOrAdd(key, connection);
        if (!ReferenceEquals(kept, connection))
            connection.Dispose();
        return kept;
    }
}
