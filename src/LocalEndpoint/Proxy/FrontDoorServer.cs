using System;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>The reverse proxy in front of all services: streaming HTTP/1.1 on a loopback port, with the service chosen by the Host header.</summary>
/// <remarks>YARP (Microsoft's reverse proxy library) requires the web server Kestrel. The remarks of <see cref="LoopbackListener"/> give the measured reasons for not using Kestrel.</remarks>
internal sealed class FrontDoorServer : IAsyncDisposable
{
    private const string Suffix = ".localhost";

    private readonly FrontDoorLimits limits;
    private readonly LoopbackListener listener;
    private readonly ConcurrentDictionary<string, ServiceRoute> routes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts the server.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 for a free port.</param>
    /// <param name="limits">The limits of a request.</param>
    /// <exception cref="SocketException">The port is not available.</exception>
    public FrontDoorServer(int port, FrontDoorLimits limits)
    {
        this.limits = limits;
        listener = new LoopbackListener(port, limits.Connections, TimeSpan.Zero);
        listener.Start((socket, stopping) => new ClientConnection(socket, Find, limits, stopping));
    }

    /// <summary>The TCP port.</summary>
    public int Port => listener.Port;

    /// <summary>Adds a route to a service. Requests get 503 until instances serve it.</summary>
    /// <param name="label">The host name without <c>.localhost</c>: the id and the region of the service, separated by a dot.</param>
    /// <exception cref="InvalidOperationException">The route exists already.</exception>
    /// <exception cref="SocketException">No port is available for the route.</exception>
    public ServiceRoute Open(string label)
    {
        var name = label + Suffix;
        lock (routes)
        {
            if (routes.ContainsKey(name))
                throw new InvalidOperationException($"The host name \"{name}\" is already in use.");
            return routes[name] = new ServiceRoute(name, limits, () => routes.TryRemove(name, out _));
        }
    }

    /// <summary>Closes all ports and connections, and aborts requests in flight. Drain them before if they are to finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        foreach (var route in routes.Values)
            await route.DisposeAsync().ConfigureAwait(false);
    }

    private ServiceRoute Find(string name) => routes.TryGetValue(name, out var route)
        ? route
        : throw new HttpStatusException(404, $"No service has the host name \"{name}\". The Host header must be the host of a service URL.");
}

/// <summary>The limits of the front door for one request. The size of bodies is not limited, because they are streamed.</summary>
internal sealed record FrontDoorLimits : PeerLimits
{
    /// <summary>The time from the first byte of a request to the end of its headers.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time from the end of the request headers to the last byte of the response: the limit of App Runner. It does not apply to upgraded connections.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The time for an instance to accept a connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The timeout of an idle connection to an instance: shorter than that of common servers, so that the front door closes first.</summary>
    public TimeSpan BackendIdle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an unreachable instance is chosen last.</summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The timeout of an upgraded connection that one side has closed.</summary>
    public TimeSpan HalfOpen { get; init; } = TimeSpan.FromSeconds(10);
}
