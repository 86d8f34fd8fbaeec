using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Session;

/// <summary>What a runspace remembers: defaults of Set-ARContext, its local endpoint, and names that were seen.</summary>
internal sealed class SessionContext : IDisposable
{
    private const int MaxNames = 1000;

    private static readonly ConditionalWeakTable<Runspace, SessionContext> Contexts = new();

    // The newest last. A runspace made by ForEach-Object -Parallel must not turn to AWS while its parent works locally.
    private static readonly List<LocalEndpoint> Running = [];

    private readonly Dictionary<string, HashSet<string>> seen = new(StringComparer.Ordinal);
    private readonly List<LocalEndpoint> own = [];
    private readonly ConcurrentQueue<string> warnings = new();

    /// <summary>The context of the runspace that this thread works for.</summary>
    public static SessionContext Current => Contexts.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>What Set-ARContext was given.</summary>
    public ConnectionSettings Defaults { get; set; } = new();

    /// <summary>Set where the user chose AWS or another endpoint after a local one was started.</summary>
    public bool IgnoresLocalEndpoint { get; set; }

    /// <summary>The local endpoint that this runspace's cmdlets use; null with AWS.</summary>
    public LocalEndpoint? LocalEndpoint => IgnoresLocalEndpoint ? null : LatestOf(own) ?? LatestOf(Running);

    /// <summary>How this runspace's cmdlets reach App Runner in place of the client; null for the client. Set by tests.</summary>
    public IAppRunnerConnector? Connector { get; set; }

    /// <summary>All local endpoints of this process that run.</summary>
    public static LocalEndpoint[] RunningEndpoints
    {
        get
        {
            lock (Running)
                return Running.Where(endpoint => endpoint.IsRunning).ToArray();
        }
    }

    /// <summary>Makes an endpoint the one that this runspace uses.</summary>
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

    /// <summary>Keeps a warning, from any thread, until a cmdlet of this session can write it: only the pipeline's thread may write.</summary>
    /// <param name="text">The warning.</param>
    public void PostWarning(string text) => warnings.Enqueue(text);

    /// <summary>Writes the warnings that were posted. Called on the pipeline's thread.</summary>
    /// <param name="cmdlet">The cmdlet that writes them.</param>
    public void WriteWarnings(Cmdlet cmdlet)
    {
        while (warnings.TryDequeue(out var text))
            cmdlet.WriteWarning(text);
    }

    /// <summary>Names of resources that this session has seen.</summary>
    /// <param name="kind">Their kind.</param>
    /// <returns>The names, sorted.</returns>
    public string[] SeenNames(ResourceKind kind)
    {
        lock (seen)
            return seen.TryGetValue(kind.ResourceType, out var names) ? names.OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToArray() : [];
    }

    /// <summary>Remembers a resource's name for completion.</summary>
    /// <param name="resource">A resource that is being written.</param>
    public void Remember(IResource resource)
    {
        if (!Arn.TryParse(resource.ResourceArn, out var arn))
            return;
        lock (seen)
        {
            if (!seen.TryGetValue(arn.ResourceType, out var names))
                seen[arn.ResourceType] = names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            if (IsGone(resource))
                names.Remove(arn.Name);
            else if (names.Count < MaxNames)
                names.Add(arn.Name);
        }
    }

    /// <summary>Whether a connection leads to the local endpoint that this session uses.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>False for AWS.</returns>
    public bool IsLocal(IAppRunnerConnection connection) =>
        connection.Endpoint.IsLoopback && connection.Endpoint.ToString() == LocalEndpoint?.EndpointUrl.TrimEnd('/') + "/";

    /// <summary>Forgets the defaults; the local endpoint is used again where one runs.</summary>
    public void Clear()
    {
        Defaults = new ConnectionSettings();
        IgnoresLocalEndpoint = false;
    }

    /// <summary>Stops the endpoints that this runspace started, and forgets all of it.</summary>
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
        lock (seen)
            seen.Clear();
        Connector = null;
        Clear();
    }

    private static LocalEndpoint? LatestOf(List<LocalEndpoint> endpoints)
    {
        lock (Running)
            return endpoints.LastOrDefault(endpoint => endpoint.IsRunning);
    }

    // A deleted revision leaves others under its name.
    private static bool IsGone(IResource resource) => resource switch
    {
        ServiceSummary service => service.Status == ServiceStatus.Deleted,
        ConnectionSummary connection => connection.Status == ConnectionStatus.Deleted,
        VpcConnector connector => connector.Status == VpcConnectorStatus.Inactive,
        VpcIngressConnection ingress => ingress.Status == VpcIngressConnectionStatus.Deleted,
        _ => false,
    };
}
