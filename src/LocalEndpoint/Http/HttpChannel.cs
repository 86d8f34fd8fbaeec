using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A connection with both its sides.</summary>
internal sealed class HttpChannel : IDisposable
{
    /// <summary>Takes a connected socket over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="headBytes">Bytes that a head may have.</param>
    /// <param name="encoding">What the bytes of a head mean.</param>
    /// <param name="needsReturn">A line must end with CR LF; a LF alone is malformed.</param>
    public HttpChannel(Socket socket, int headBytes, Encoding encoding, bool needsReturn)
    {
        socket.NoDelay = true;
        Socket = socket;
        Reader = new HttpReader(socket, headBytes, encoding, needsReturn);
        Writer = new HttpWriter(socket);
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>What comes.</summary>
    public HttpReader Reader { get; }

    /// <summary>What goes.</summary>
    public HttpWriter Writer { get; }

    /// <summary>Writes a response and sends it.</summary>
    /// <param name="response">The response.</param>
    /// <param name="keep">Another request may follow.</param>
    /// <param name="headOnly">The request was HEAD.</param>
    /// <param name="cancellationToken">For the peer to take it.</param>
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

    /// <summary>Ends this side and takes for a while what still comes: a socket that is closed with bytes unread resets the connection, and the peer loses the response.</summary>
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

    /// <summary>Ends it so that the peer sees that something is missing.</summary>
    public void Reset()
    {
        try
        {
            Socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }

        Socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();
}
