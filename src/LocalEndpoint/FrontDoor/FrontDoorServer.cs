using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>The one way in to all services: a streaming HTTP/1.1 proxy on a loopback port that tells services apart by their host names.</summary>
/// <remarks>YARP would be the library for it, but needs ASP.NET Core, which is not there inside PowerShell.</remarks>
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

    /// <summary>Opens the way to a service; until something serves it, requests are answered with 503.</summary>
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

    /// <summary>Frees all ports and closes all connections, whatever is on its way. What shall be answered before is drained before.</summary>
    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        foreach (var route in routes.Values)
            await route.DisposeAsync().ConfigureAwait(false);
    }

    private ServiceRoute Find(string name) => routes.TryGetValue(name, out var route)
        ? route
        : throw new HttpFault(404, $"No service has the host name {name} here. The front door knows services by the Host header, which must be the host of the service's URL.");
}
