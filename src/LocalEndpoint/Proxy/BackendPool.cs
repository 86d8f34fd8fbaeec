using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>What the front door knows of one instance: its requests and its connections. The caller must hold the route's lock.</summary>
internal sealed class BackendPool(Backend backend)
{
    // The one that was used last is at the end: it is the least likely to be closed.
    private readonly List<(HttpChannel Channel, long Since)> kept = [];
    private TaskCompletionSource? idle;

    /// <summary>The instance.</summary>
    public Backend Backend { get; } = backend;

    /// <summary>Connections that requests use.</summary>
    public HashSet<HttpChannel> Busy { get; } = [];

    /// <summary>Requests on their way.</summary>
    public int InFlight { get; set; }

    /// <summary>Until then (in ticks of the environment) it is chosen last.</summary>
    public long UnreachableUntil { get; set; } = long.MinValue;

    /// <summary>What instances are compared by: the smallest is next.</summary>
    public long Load(long now) => now < UnreachableUntil ? int.MaxValue + (long)InFlight : InFlight;

    /// <summary>Ends when no request is on its way.</summary>
    public Task WhenIdle() => (idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Ends <see cref="WhenIdle"/> where no request is on its way any more.</summary>
    public void SignalIdle()
    {
        if (InFlight > 0)
            return;
        idle?.TrySetResult();
        idle = null;
    }

    /// <summary>Keeps a connection for the next request.</summary>
    public void Keep(HttpChannel channel) => kept.Add((channel, Environment.TickCount64));

    /// <summary>A kept connection that is younger and still good.</summary>
    public HttpChannel? TakeKept(long oldest)
    {
        while (kept.Count > 0)
        {
            var (channel, since) = kept[^1];
            kept.RemoveAt(kept.Count - 1);
            if (since > oldest && IsQuiet(channel.Socket))
                return channel;
            channel.Dispose();
        }

        return null;
    }

    /// <summary>Closes kept connections that are not younger.</summary>
    /// <returns>How many are left.</returns>
    public int DropKept(long oldest)
    {
        kept.RemoveAll(entry =>
        {
            if (entry.Since > oldest)
                return false;
            entry.Channel.Dispose();
            return true;
        });
        return kept.Count;
    }

    // Readable while no request is in flight: the instance has closed it, or sends what was not asked for.
    private static bool IsQuiet(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>An instance that requests are sent to.</summary>
/// <param name="Id">The instance's.</param>
/// <param name="Port">Its port on 127.0.0.1.</param>
internal sealed record Backend(string Id, int Port);

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
    /// <exception cref="HttpStatusException">The instance accepts none.</exception>
    public async ValueTask<HttpChannel> ConnectAsync(bool fresh, CancellationToken cancellationToken)
    {
        var found = fresh ? null : route.TakeKept(pool);
        IsReused = found is not null;
        found ??= await DialAsync(cancellationToken).ConfigureAwait(false);
        if (route.Use(pool, found))
            return channel = found;
        found.Dispose();
        throw new HttpStatusException(503, "The service is gone.");
    }

    /// <summary>The instance has accepted no connection.</summary>
    public void Refused() => route.MarkUnreachable(pool);

    /// <summary>The connection can serve another request afterwards.</summary>
    public void Keep() => keep = true;

    /// <inheritdoc/>
    public void Dispose() => route.EndRequest(pool, channel, keep);

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
                throw new HttpStatusException(502, $"The service's instance {Backend.Id} does not accept connections on port {Backend.Port}.");
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new HttpStatusException(504, $"The service's instance {Backend.Id} did not accept a connection in time.");
            throw;
        }
    }
}
