using System;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>HTTP/1.1 on one loopback port, for whatever is answered from memory.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly LoopbackListener listener;

    /// <summary>Serves from now on.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="makeHandler">Makes the handler for the port that it got.</param>
    /// <param name="limits">What a peer may take.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public HttpServer(int port, Func<int, IHttpHandler> makeHandler, HttpLimits limits)
    {
        listener = new LoopbackListener(port, limits.Connections, DrainLimit);
        var handler = makeHandler(Port);
        listener.Start((socket, stopping) => new HttpConnection(socket, handler, limits, stopping));
    }

    /// <summary>The TCP port.</summary>
    public int Port => listener.Port;

    /// <summary>Frees the port, lets running requests be answered, closes all connections.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
