using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Loading;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>Connections by their settings: the same credentials are looked up once in a process, and sockets are kept open.</summary>
internal static class ConnectionPool
{
    // Far more than anybody uses at once. Who makes a credential object for each call must not fill the memory with what was made of them.
    private const int Most = 200;

    private static readonly ConcurrentDictionary<(ConnectionSettings Settings, string Surroundings), IAppRunnerConnection> Connections = new();

    /// <summary>The connection for some settings. A failed look-up is not remembered.</summary>
    /// <param name="settings">Region, identity, endpoint.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The connection.</returns>
    public static async Task<IAppRunnerConnection> GetAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        // The first use loads the client's dlls; that must not hold up Ctrl+C.
        var connector = PrivateAssemblies.IsConnectorLoaded ? PrivateAssemblies.Connector : await Task.Run(() => PrivateAssemblies.Connector, cancellationToken).ConfigureAwait(false);

        // What $env:AWS_… and the shared files say now is part of the question; an answer for what they said before would be another identity's.
        var key = (settings, connector.EnvironmentFingerprint());
        if (Connections.TryGetValue(key, out var known))
            return known;
        var connection = await Task.Run(() => connector.ConnectAsync(settings, cancellationToken), cancellationToken).ConfigureAwait(false);

        // What was found in other surroundings will hardly be asked for again. It is only let go, not closed: a call may still use it.
        foreach (var old in Connections.Keys.Where(old => old.Surroundings != key.Item2))
            Connections.TryRemove(old, out _);
        if (Connections.Count >= Most)
            Connections.Clear();
        var kept = Connections.GetOrAdd(key, connection);
        if (!ReferenceEquals(kept, connection))
            connection.Dispose();
        return kept;
    }
}
