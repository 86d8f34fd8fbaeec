using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>HTTP/1.1 on one loopback port, for responses that are made from memory.</summary>
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

    /// <summary>Frees the port, lets running requests finish, closes all connections.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

/// <summary>Makes the responses of an <see cref="HttpServer"/>. Never throws.</summary>
internal interface IHttpHandler
{
    /// <summary>The response to a request.</summary>
    HttpResponse Handle(HttpRequest request);

    /// <summary>The response to what could not be read as a request.</summary>
    HttpResponse HandleError(HttpStatusException error);
}

/// <summary>A request, read to its end.</summary>
/// <param name="Method">Such as POST.</param>
/// <param name="Path">The target up to the question mark, as sent.</param>
/// <param name="Query">The target behind the question mark, as sent; empty without one.</param>
/// <param name="Headers">Values by name, ignoring case; several of one name joined with commas.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>A header's value; null where there is none.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Headers beside Content-Length and Connection, which the connection writes.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);

/// <summary>What one peer may take of the API's server.</summary>
internal sealed record HttpLimits : PeerLimits
{
    /// <summary>Bytes of a body.</summary>
    public int BodyBytes { get; init; } = 1024 * 1024;

    /// <summary>From the first byte of a request to its last.</summary>
    public TimeSpan Receive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the peer to take the response.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(20);
}
