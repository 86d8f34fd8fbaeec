using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Copies a body as a stream. Received data is flushed before more is awaited, so that nothing is delayed and little is buffered.</summary>
internal static class BodyCopier
{
    /// <summary>Copies the body to its end, and flushes the writer.</summary>
    /// <param name="body">The body.</param>
    /// <param name="to">The destination.</param>
    /// <param name="chunked">Whether to write it with Transfer-Encoding: chunked.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public static async Task CopyAsync(HttpBody body, HttpWriter to, bool chunked, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (body.Next(out var part))
            {
                case BodyReadResult.NeedMore:
                    await to.FlushAsync(cancellationToken).ConfigureAwait(false);
                    await body.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case BodyReadResult.Data when chunked:
                    to.Append($"{part.Length:X}\r\n");
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    to.Append("\r\n");
                    break;
                case BodyReadResult.Data:
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    break;
                case BodyReadResult.End:
                    if (chunked)
                    {
                        to.Append("0\r\n");
                        ForwardedHeaders.WriteTrailers(to, body.Trailers);
                        to.Append("\r\n");
                    }

                    await to.FlushAsync(cancellationToken).ConfigureAwait(false);
                    return;
            }
        }
    }
}

/// <summary>An upgraded connection (such as a WebSocket): copies bytes in both directions without interpreting them.</summary>
internal static class UpgradedConnection
{
    /// <summary>Copies until both sides have closed, or one fails.</summary>
    /// <param name="one">One side.</param>
    /// <param name="other">The other side.</param>
    /// <param name="timeout">The time that one side may continue after the other has closed.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public static async Task CopyAsync(HttpChannel one, HttpChannel other, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(CopySideAsync(one, other), CopySideAsync(other, one)).ConfigureAwait(false);

        async Task CopySideAsync(HttpChannel from, HttpChannel to)
        {
            try
            {
                do
                {
                    var bytes = from.Reader.Buffered;
                    from.Reader.Consume(bytes.Length);
                    await to.Writer.WriteAsync(bytes, end.Token).ConfigureAwait(false);
                    await to.Writer.FlushAsync(end.Token).ConfigureAwait(false);
                }
                while (await from.Reader.ReceiveAsync(end.Token).ConfigureAwait(false));
                to.Socket.Shutdown(SocketShutdown.Send);
                end.CancelAfter(timeout);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                await end.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
