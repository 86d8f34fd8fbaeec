using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>The reverse proxy in front of all services: streaming HTTP/1.1 on a loopback port, with the service chosen by the Host header.</summary>
/// <remarks>YARP would be the library for it, but needs Kestrel; why the server is our own, <see cref="LoopbackListener"/> says.</remarks>
internal sealed class FrontDoorServer : IAsyncDisposable
{
    private const string Suffix = ".localhost";

    private readonly FrontDoorLimits limits;
    private readonly LoopbackListener listener;
    private readonly ConcurrentDictionary<string, ServiceRoute> routes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serves from now on.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="limits">What one request may take.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public FrontDoorServer(int port, FrontDoorLimits limits)
    {
        this.limits = limits;
        listener = new LoopbackListener(port, limits.Connections, TimeSpan.Zero);
        listener.Start((socket, stopping) => new ClientConnection(socket, Find, limits, stopping));
    }

    /// <summary>The TCP port.</summary>
    public int Port => listener.Port;

    /// <summary>Opens the way to a service; until something serves it, requests get 503.</summary>
    /// <param name="label">What stands before <c>.localhost</c> in the service's host name: its id and region, with a dot between.</param>
    /// <exception cref="InvalidOperationException">It is open already.</exception>
    /// <exception cref="SocketException">No port is to be had for it.</exception>
    public ServiceRoute Open(string label)
    {
        var name = label + Suffix;
        lock (routes)
        {
            if (routes.ContainsKey(name))
                throw new InvalidOperationException($"The host name {name} is taken.");
            return routes[name] = new ServiceRoute(string.Create(CultureInfo.InvariantCulture, $"{name}:{Port}"), limits, () => routes.TryRemove(name, out _));
        }
    }

    /// <summary>Frees all ports and closes all connections, whatever is on its way. Requests that shall finish are drained before.</summary>
    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        foreach (var route in routes.Values)
            await route.DisposeAsync().ConfigureAwait(false);
    }

    private ServiceRoute Find(string name) => routes.TryGetValue(name, out var route)
        ? route
        : throw new HttpStatusException(404, $"No service has the host name {name} here. The front door knows services by the Host header, which must be the host of the service's URL.");
}

/// <summary>What one request may take of the front door. Bodies may have any size: they pass through as they come.</summary>
internal sealed record FrontDoorLimits : PeerLimits
{
    /// <summary>From the first byte of a request to the end of its headers.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From the end of a request's headers to the last byte of the response: App Runner's own limit. Upgraded connections have none.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>For an instance to accept a connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection to an instance is kept for the next request: shorter than programs keep theirs, so that the front door closes first.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance that has refused a connection is chosen last.</summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one side of an upgraded connection may go on when the other has ended.</summary>
    public TimeSpan HalfOpen { get; init; } = TimeSpan.FromSeconds(10);
}
