using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AppRunner.Model;

namespace AppRunner.Session;

/// <summary>The state of a runspace: the defaults of Set-ARContext, its local endpoints, and what it has read, for completion.</summary>
internal sealed class SessionContext : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, SessionContext> Contexts = new();

    // The latest is last. Shared by all runspaces: those of ForEach-Object -Parallel must use their parent's local endpoint, not AWS.
    private static readonly List<LocalEndpoint> Running = [];

    private readonly List<LocalEndpoint> own = [];
    private readonly ConcurrentQueue<string> warnings = new();

    /// <summary>The context of the current runspace.</summary>
    public static SessionContext Current => Contexts.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>What this session has read and started, for completion.</summary>
    public SeenResources Seen { get; } = new(SystemClock.Instance);

    /// <summary>The settings of Set-ARContext.</summary>
    public ConnectionSettings Defaults { get; set; } = new();

    /// <summary>Whether the user chose AWS or another endpoint after a local endpoint was started.</summary>
    public bool IgnoresLocalEndpoint { get; set; }

    /// <summary>The local endpoint that the cmdlets of this runspace use; null for AWS.</summary>
    public LocalEndpoint? LocalEndpoint => IgnoresLocalEndpoint ? null : LatestOf(own) ?? LatestOf(Running);

    /// <summary>Whether this session was told that its services are only simulated.</summary>
    public bool HasSimulationWarning { get; set; }

    /// <summary>Replaces the client in tests; null otherwise.</summary>
    public IAppRunnerConnector? Connector { get; set; }

    /// <summary>All running local endpoints of this process.</summary>
    public static LocalEndpoint[] RunningEndpoints
    {
        get
        {
            lock (Running)
                return Running.Where(endpoint => endpoint.IsRunning).ToArray();
        }
    }

    /// <summary>Makes an endpoint the local endpoint of this runspace.</summary>
    /// <param name="endpoint">A running endpoint.</param>
    public void Use(LocalEndpoint endpoint)
    {
        lock (Running)
        {
            Running.RemoveAll(known => !known.IsRunning);
            own.RemoveAll(known => !known.IsRunning);
            Running.Add(endpoint);
            own.Add(endpoint);
        }

        IgnoresLocalEndpoint = false;
    }

    /// <summary>Queues a warning, from any thread, until a cmdlet of this session writes it on the pipeline thread.</summary>
    /// <param name="text">The warning.</param>
    public void PostWarning(string text) => warnings.Enqueue(text);

    /// <summary>Writes the queued warnings. Call it on the pipeline thread.</summary>
    /// <param name="cmdlet">The cmdlet to write with.</param>
    public void WriteWarnings(Cmdlet cmdlet)
    {
        while (warnings.TryDequeue(out var text))
            cmdlet.WriteWarning(text);
    }

    /// <summary>Whether a connection uses the local endpoint of this session.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>False for AWS.</returns>
    public bool IsLocal(IAppRunnerConnection connection) => IsAt(LocalEndpoint, connection);

    /// <summary>The local endpoint of this process that a connection uses. On any thread.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The endpoint; null for AWS.</returns>
    public static LocalEndpoint? LocalEndpointOf(IAppRunnerConnection connection) =>
        connection.Endpoint.IsLoopback ? Array.Find(RunningEndpoints, endpoint => IsAt(endpoint, connection)) : null;

    /// <summary>Removes the defaults; a running local endpoint is used again.</summary>
    public void Clear()
    {
        Defaults = new ConnectionSettings();
        IgnoresLocalEndpoint = false;
    }

    /// <summary>Stops the endpoints of this runspace, and clears its state.</summary>
    public void Dispose()
    {
        LocalEndpoint[] mine;
        lock (Running)
        {
            mine = own.ToArray();
            own.Clear();
        }

        foreach (var endpoint in mine)
            endpoint.Stop();
        Seen.Clear();
        Connector = null;
        HasSimulationWarning = false;
        Clear();
    }

    private static bool IsAt(LocalEndpoint? endpoint, IAppRunnerConnection connection) =>
        connection.Endpoint.IsLoopback && connection.Endpoint.ToString() == endpoint?.EndpointUrl.TrimEnd('/') + "/";

    private static LocalEndpoint? LatestOf(List<LocalEndpoint> endpoints)
    {
        lock (Running)
            return endpoints.LastOrDefault(endpoint => endpoint.IsRunning);
    }
}
