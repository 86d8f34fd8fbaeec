using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>An upgraded connection: bytes both ways, whatever they mean.</summary>
internal static class Tunnel
{
    /// <summary>Passes bytes until both sides have ended, or one is broken.</summary>
    /// <param name="one">A side.</param>
    /// <param name="other">The other side.</param>
    /// <param name="patience">How long one side may go on when the other has ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(HttpChannel one, HttpChannel other, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(PassAsync(one, other), PassAsync(other, one)).ConfigureAwait(false);

        async Task PassAsync(HttpChannel from, HttpChannel to)
        {
            try
            {
                do
                {
                    var bytes = from.Reader.Waiting;
                    from.Reader.Take(bytes.Length);
                    await to.Writer.WriteAsync(bytes, end.Token).ConfigureAwait(false);
                    await to.Writer.FlushAsync(end.Token).ConfigureAwait(false);
                }
                while (await from.Reader.ReceiveAsync(end.Token).ConfigureAwait(false));
                to.Socket.Shutdown(SocketShutdown.Send);
                end.CancelAfter(patience);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                await end.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
