using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>An HTTP/1.1 server on a loopback port. Requests and responses are in memory, not streamed.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private readonly LoopbackListener listener;

    /// <summary>Starts the server.</summary>
    /// <param name="port">The port on 127.0.0.1; 0 for a free port.</param>
    /// <param name="makeHandler">Creates the handler, given the port.</param>
    /// <param name="limits">The limits for one peer.</param>
    /// <exception cref="SocketException">The port is not available.</exception>
    public HttpServer(int port, Func<int, IHttpHandler> makeHandler, HttpLimits limits)
    {
        listener = new LoopbackListener(port, limits.Connections, DrainTimeout);
        var handler = makeHandler(Port);
        listener.Start((socket, stopping) => new HttpConnection(socket, handler, limits, stopping));
    }

    /// <summary>The TCP port.</summary>
    public int Port => listener.Port;

    /// <summary>Closes the port, completes running requests, and closes all connections.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

/// <summary>Handles the requests of an <see cref="HttpServer"/>. Must not throw.</summary>
internal interface IHttpHandler
{
    /// <summary>Handles a request.</summary>
    HttpResponse Handle(HttpRequest request);

    /// <summary>Returns the response to a malformed request.</summary>
    HttpResponse HandleError(HttpStatusException error);
}

/// <summary>A request with its body.</summary>
/// <param name="Method">Such as POST.</param>
/// <param name="Path">The path of the request target, as sent.</param>
/// <param name="Query">The query of the request target, as sent; empty without one.</param>
/// <param name="Headers">The values by name (case-insensitive); repeated headers are joined with commas.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of a header; null if there is none.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers, without Content-Length and Connection, which the connection adds.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);

/// <summary>The limits of the API's server for one peer.</summary>
internal sealed record HttpLimits : PeerLimits
{
    /// <summary>The maximum size of a body in bytes.</summary>
    public int BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>The time from the first to the last byte of a request.</summary>
    public TimeSpan Receive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time for sending the response.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(20);
}
