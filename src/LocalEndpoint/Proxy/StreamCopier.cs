using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>Copies a body as it streams in: what has come is flushed before more is waited for, and no more is buffered than has come at once.</summary>
internal static class BodyCopier
{
    /// <summary>Copies it to its end, together with what has been written before.</summary>
    /// <param name="body">The body.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="chunked">Whether it is written in chunks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task CopyAsync(HttpBody body, HttpWriter to, bool chunked, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (body.Next(out var part))
            {
                case BodyStep.More:
                    await to.FlushAsync(cancellationToken).ConfigureAwait(false);
                    await body.ReceiveAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case BodyStep.Part when chunked:
                    to.Append($"{part.Length:X}\r\n");
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    to.Append("\r\n");
                    break;
                case BodyStep.Part:
                    await to.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    break;
                case BodyStep.End:
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

/// <summary>An upgraded connection (such as a WebSocket): bytes are copied both ways, whatever they mean.</summary>
internal static class UpgradedConnection
{
    /// <summary>Copies until both sides have ended, or one is broken.</summary>
    /// <param name="one">A side.</param>
    /// <param name="other">The other side.</param>
    /// <param name="timeout">How long one side may go on when the other has ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
