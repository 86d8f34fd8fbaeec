using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>The requests and connections of one instance. The caller must hold the route's lock.</summary>
internal sealed class BackendPool(Backend backend)
{
    // The most recently used connection is at the end: the instance has most likely not closed it yet.
    private readonly List<(HttpChannel Channel, long Since)> idleChannels = [];
    private TaskCompletionSource? drained;

    /// <summary>The instance.</summary>
    public Backend Backend { get; } = backend;

    /// <summary>The connections with a request.</summary>
    public HashSet<HttpChannel> Busy { get; } = [];

    /// <summary>The number of requests in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>Until this time (Environment.TickCount64) the instance is chosen last.</summary>
    public long UnreachableUntil { get; set; } = long.MinValue;

    /// <summary>The value by which instances are chosen: the smallest first.</summary>
    public long Load(long now) => now < UnreachableUntil ? int.MaxValue + (long)InFlight : InFlight;

    /// <summary>Completes when no request is in flight.</summary>
    public Task WhenDrained() => (drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Completes <see cref="WhenDrained"/> if no request is in flight.</summary>
    public void SignalDrained()
    {
        if (InFlight > 0)
            return;
        drained?.TrySetResult();
        drained = null;
    }

    /// <summary>Adds an idle connection for a later request.</summary>
    public void AddIdle(HttpChannel channel) => idleChannels.Add((channel, Environment.TickCount64));

    /// <summary>Takes the most recently used idle connection; null if there is none.</summary>
    /// <param name="oldest">The connection must be younger than this time; older ones are closed.</param>
    public HttpChannel? TakeIdle(long oldest)
    {
        while (idleChannels.Count > 0)
        {
            var (channel, since) = idleChannels[^1];
            idleChannels.RemoveAt(idleChannels.Count - 1);
            if (since > oldest)
                return channel;
            channel.Dispose();
        }

        return null;
    }

    /// <summary>Closes the idle connections that are not younger than this time.</summary>
    /// <returns>The number of idle connections that are left.</returns>
    public int CloseIdle(long oldest)
    {
        idleChannels.RemoveAll(entry =>
        {
            if (entry.Since > oldest)
                return false;
            entry.Channel.Dispose();
            return true;
        });
        return idleChannels.Count;
    }
}

/// <summary>The address of an instance.</summary>
/// <param name="Id">The id of the instance.</param>
/// <param name="Port">The port on 127.0.0.1.</param>
internal sealed record Backend(string Id, int Port);

/// <summary>The use of an instance and of a connection to it by one request. Disposed when the request has ended.</summary>
internal sealed class BackendLease(ServiceRoute route, BackendPool pool, FrontDoorLimits limits) : IDisposable
{
    private HttpChannel? channel;
    private bool keepConnection;

    /// <summary>The instance.</summary>
    public Backend Backend => pool.Backend;

    /// <summary>Whether the connection had a request before: the instance may be closing it.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Takes an idle connection or opens a new one.</summary>
    /// <param name="fresh">Whether it must be a new one.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    /// <exception cref="HttpStatusException">The instance does not accept a connection.</exception>
    public async ValueTask<HttpChannel> ConnectAsync(bool fresh, CancellationToken cancellationToken)
    {
        // A system call, which must not be made while the route's lock is held: other requests would wait for it.
        HttpChannel? found = null;
        while (!fresh && (found = route.TakeIdle(pool)) is not null && !IsReusable(found.Socket))
            found.Dispose();
        IsReused = found is not null;
        found ??= await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (route.Use(pool, found))
            return channel = found;
        found.Dispose();
        throw new HttpStatusException(503, "The service is no longer available.");
    }

    /// <summary>Marks the instance as unreachable, because it did not accept a connection.</summary>
    public void MarkUnreachable() => route.MarkUnreachable(pool);

    /// <summary>Keeps the connection for a later request when the lease is disposed.</summary>
    public void KeepConnection() => keepConnection = true;

    /// <inheritdoc/>
    public void Dispose() => route.EndRequest(pool, channel, keepConnection);

    // If it is readable without a request in flight, the instance has closed it, or has sent unexpected data.
    private static bool IsReusable(Socket socket)
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

    private async ValueTask<HttpChannel> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Connect);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Backend.Port), limit.Token).ConfigureAwait(false);

            // TCP self-connect: if no program listens on the port, the system may choose it as the local port and connect the socket to itself.
            if (socket.LocalEndPoint!.Equals(socket.RemoteEndPoint))
                throw new SocketException((int)SocketError.ConnectionRefused);
            return new HttpChannel(socket, limits.HeadBytes, Encoding.Latin1, requireCrLf: false);
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
