using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A connection with its reader and writer.</summary>
internal sealed class HttpChannel : IDisposable
{
    /// <summary>Creates the channel of a connected socket, which it owns.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="headBytes">The maximum size of request line and headers in bytes.</param>
    /// <param name="encoding">The encoding of the headers.</param>
    /// <param name="requireCrLf">Whether a line that ends with LF only is malformed.</param>
    public HttpChannel(Socket socket, int headBytes, Encoding encoding, bool requireCrLf)
    {
        socket.NoDelay = true;
        Socket = socket;
        Reader = new HttpReader(socket, headBytes, encoding, requireCrLf);
        Writer = new HttpWriter(socket);
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>Reads from the socket.</summary>
    public HttpReader Reader { get; }

    /// <summary>Writes to the socket.</summary>
    public HttpWriter Writer { get; }

    /// <summary>Sends a response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="keep">Whether the connection stays open.</param>
    /// <param name="headOnly">Whether the request was a HEAD request.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async ValueTask SendAsync(HttpResponse response, bool keep, bool headOnly, CancellationToken cancellationToken)
    {
        Writer.Append($"HTTP/1.1 {response.Status} {HttpStatus.Reason(response.Status)}\r\n");
        foreach (var (name, value) in response.Headers)
            Writer.AppendField(name, value);
        Writer.Append($"Content-Length: {response.Body.Length}\r\n");
        if (!keep)
            Writer.Append("Connection: close\r\n");
        Writer.Append("\r\n");
        if (!headOnly)
            await Writer.WriteAsync(response.Body, cancellationToken).ConfigureAwait(false);
        await Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes this side and discards received data for a while: closing a socket with unread data resets the connection, and the peer would lose the response.</summary>
    public async ValueTask LingerAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Socket.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        do
        {
            Reader.Consume(Reader.Buffered.Length);
        }
        while (await Reader.ReceiveAsync(limit.Token).ConfigureAwait(false));
    }

    /// <summary>Resets the connection, so that the peer notices that the response is incomplete.</summary>
    public void Reset()
    {
        try
        {
            Socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has already ended.
        }

        Socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();
}
