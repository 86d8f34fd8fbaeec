using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Loading;
using AppRunner.Model;

namespace AppRunner.Connections;

/// <summary>Connections by their settings: the same credentials are looked up once in a process, and sockets are kept open.</summary>
internal static class ConnectionPool
{
    private static readonly ConcurrentDictionary<(ConnectionSettings Settings, string Environment), IAppRunnerConnection> Connections = new();

    /// <summary>The connection for some settings. A failed look-up is not remembered.</summary>
    /// <param name="settings">Region, identity, endpoint.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The connection.</returns>
    public static async Task<IAppRunnerConnection> GetAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        // What $env:AWS_… says now is part of the question; an answer for yesterday's values would be another identity's.
        var key = (settings, EnvironmentNow());
        if (Connections.TryGetValue(key, out var known))
            return known;

        // The first use loads the client's dlls; that must not hold up Ctrl+C either.
        var connection = await Task.Run(() => PrivateAssemblies.Connector.ConnectAsync(settings, cancellationToken), cancellationToken).ConfigureAwait(false);
        var kept = Connections.GetOrAdd(key, connection);
        if (!ReferenceEquals(kept, connection))
            connection.Dispose();
        return kept;
    }

    private static string EnvironmentNow()
    {
        var variables = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase))
                variables[name] = variable.Value as string;
        }

        return string.Join("\n", variables.Select(pair => pair.Key + "=" + pair.Value));
    }
}
