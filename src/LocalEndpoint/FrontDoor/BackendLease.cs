using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.FrontDoor;

/// <summary>A request's place at an instance, and its connection to it; disposed when the request is through.</summary>
internal sealed class BackendLease(ServiceRoute route, BackendPool pool, FrontDoorLimits limits) : IDisposable
{
    private HttpChannel? channel;
    private bool keep;

    /// <summary>The instance.</summary>
    public Backend Backend => pool.Backend;

    /// <summary>The connection served a request before: the instance may be closing it at this moment.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Gets a connection.</summary>
    /// <param name="fresh">It must be a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpFault">The instance accepts none.</exception>
    public async ValueTask<HttpChannel> ConnectAsync(bool fresh, CancellationToken cancellationToken)
    {
        var found = fresh ? null : route.TakeKept(pool);
        IsReused = found is not null;
        found ??= await DialAsync(cancellationToken).ConfigureAwait(false);
        if (route.Use(pool, found))
            return channel = found;
        found.Dispose();
        throw new HttpFault(503, "The service is gone.");
    }

    /// <summary>The instance has accepted no connection.</summary>
    public void Refused() => route.Shun(pool);

    /// <summary>The connection can serve another request afterwards.</summary>
    public void Keep() => keep = true;

    /// <inheritdoc/>
    public void Dispose() => route.Release(pool, channel, keep);

    private async ValueTask<HttpChannel> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Connect);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Backend.Port), limit.Token).ConfigureAwait(false);

            // A port that nobody listens on may become the near end of the connection too: then it is connected to itself.
            if (socket.LocalEndPoint!.Equals(socket.RemoteEndPoint))
                throw new SocketException((int)SocketError.ConnectionRefused);
            return new HttpChannel(socket, limits.HeadBytes, Encoding.Latin1, needsReturn: false);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException)
                throw new HttpFault(502, $"The service's instance {Backend.Id} does not accept connections on port {Backend.Port}.");
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new HttpFault(504, $"The service's instance {Backend.Id} did not accept a connection in time.");
            throw;
        }
    }
}
