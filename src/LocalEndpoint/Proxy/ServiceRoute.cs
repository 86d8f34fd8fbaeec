using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>The way to one service: by its host name, and by a port of its own for clients that cannot resolve the name.</summary>
internal sealed class ServiceRoute : IAsyncDisposable
{
    private readonly object syncRoot = new();
    private readonly FrontDoorLimits limits;
    private readonly HostGuard hosts;
    private readonly Action forget;
    private readonly LoopbackListener listener;
    private readonly Timer sweeper;
    private readonly Dictionary<Backend, BackendPool> pools = [];
    private BackendPool[] serving = [];
    private string reason = "No instance of this service runs yet.";
    private int inFlight;
    private int turn;
    private bool sweeping;
    private bool disposed;

    /// <summary>Opens it.</summary>
    /// <param name="host">The host of the service's URL.</param>
    /// <param name="limits">What one request may take.</param>
    /// <param name="forget">Called when it is closed for good.</param>
    internal ServiceRoute(string host, FrontDoorLimits limits, Action forget)
    {
        Host = host;
        hosts = HostGuard.LoopbackOr(host[..host.IndexOf(':', StringComparison.Ordinal)]);
        this.limits = limits;
        this.forget = forget;
        sweeper = new Timer(_ => Sweep());
        listener = new LoopbackListener(0, limits.Connections, TimeSpan.Zero);
        listener.Start((socket, stopping) => new ClientConnection(socket, Find, limits, stopping));
    }

    /// <summary>Called with the number of requests in flight when it has changed, from the thread of a request: must be cheap and must not throw. Where several change it at once, the calls may come in another order than the changes.</summary>
    public event Action<int>? InFlightChanged;

    /// <summary>The host of the service's URL, with the front door's port.</summary>
    public string Host { get; }

    /// <summary>The service's own port on 127.0.0.1.</summary>
    public int Port => listener.Port;

    /// <summary>Requests and upgraded connections that are on their way, over all instances.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Sends new requests to these instances from now on, each to the one with fewest in flight. Requests on their way to others go on.</summary>
    public void Serve(IReadOnlyCollection<Backend> backends)
    {
        lock (syncRoot)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            serving = backends.Distinct().Select(PoolOf).ToArray();
            foreach (var pool in pools.Values.Except(serving).ToArray())
                TakeOutOfService(pool);
        }

        BackendPool PoolOf(Backend backend) => pools.TryGetValue(backend, out var pool) ? pool : pools[backend] = new BackendPool(backend);
    }

    /// <summary>New requests get 503 and this reason from now on.</summary>
    public void Close(string reason)
    {
        lock (syncRoot)
        {
            this.reason = reason;
            if (!disposed)
                Serve([]);
        }
    }

    /// <summary>Waits until no request is on its way to an instance, which is to be out of service by then.</summary>
    /// <returns>False where requests are still on their way after that time.</returns>
    public async Task<bool> DrainAsync(Backend backend, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task idle;
        lock (syncRoot)
        {
            if (!pools.TryGetValue(backend, out var pool) || pool.InFlight == 0)
                return true;
            idle = pool.WhenIdle();
        }

        try
        {
            await idle.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Closes the way, the service's port, and every connection to its instances, whatever is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        BackendPool[] all;
        lock (syncRoot)
        {
            if (disposed)
                return;
            Close("The service is gone.");
            disposed = true;
            all = [.. pools.Values];
        }

        forget();
        foreach (var pool in all)
            Abort(pool);
        await listener.DisposeAsync().ConfigureAwait(false);
        await sweeper.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A place for a request at the instance that has fewest; null where all have been tried.</summary>
    /// <exception cref="HttpStatusException">No instance serves.</exception>
    internal BackendLease? Lease(IReadOnlyCollection<Backend> tried)
    {
        BackendPool? best = null;
        lock (syncRoot)
        {
            if (serving.Length == 0)
                throw new HttpStatusException(503, reason);
            var now = Environment.TickCount64;
            turn = (turn + 1) % serving.Length;
            for (var i = 0; i < serving.Length; i++)
            {
                var pool = serving[(turn + i) % serving.Length];
                if (!tried.Contains(pool.Backend) && (best is null || pool.Load(now) < best.Load(now)))
                    best = pool;
            }

            if (best is null)
                return null;
            best.InFlight++;
            inFlight++;
        }

        InFlightChanged?.Invoke(InFlight);
        return new BackendLease(this, best, limits);
    }

    /// <summary>A connection that was kept and is still good; null where there is none.</summary>
    internal HttpChannel? TakeKept(BackendPool pool)
    {
        lock (syncRoot)
            return pool.TakeKept(Environment.TickCount64 - (long)limits.Kept.TotalMilliseconds);
    }

    /// <summary>Notes a connection that a request uses; false where the route is closed for good.</summary>
    internal bool Use(BackendPool pool, HttpChannel channel)
    {
        lock (syncRoot)
            return !disposed && pool.Busy.Add(channel);
    }

    /// <summary>An instance has refused a connection.</summary>
    internal void MarkUnreachable(BackendPool pool)
    {
        lock (syncRoot)
            pool.UnreachableUntil = Environment.TickCount64 + (long)limits.Unreachable.TotalMilliseconds;
    }

    /// <summary>A request is no more on its way to an instance.</summary>
    internal void EndRequest(BackendPool pool, HttpChannel? channel, bool keep)
    {
        lock (syncRoot)
        {
            if (channel is not null)
                pool.Busy.Remove(channel);
            if (keep && channel is not null && !disposed && serving.Contains(pool))
            {
                pool.Keep(channel);
                channel = null;
                StartSweeping();
            }

            inFlight--;
            pool.InFlight--;
            pool.SignalIdle();
            if (!serving.Contains(pool))
                TakeOutOfService(pool);
        }

        channel?.Dispose();
        InFlightChanged?.Invoke(InFlight);
    }

    // An instance that is out of service gets no request any more: what is kept of it is closed, so that it may close too.
    private void TakeOutOfService(BackendPool pool)
    {
        pool.DropKept(long.MaxValue);
        if (pool.InFlight == 0)
            pools.Remove(pool.Backend);
    }

    private void Abort(BackendPool pool)
    {
        HttpChannel[] channels;
        lock (syncRoot)
            channels = [.. pool.Busy];
        foreach (var channel in channels)
            channel.Dispose();
    }

    private void Sweep()
    {
        lock (syncRoot)
        {
            sweeping = false;
            if (disposed)
                return;
            var left = 0;
            foreach (var pool in pools.Values)
                left += pool.DropKept(Environment.TickCount64 - (long)limits.Kept.TotalMilliseconds);
            if (left > 0)
                StartSweeping();
        }
    }

    private void StartSweeping()
    {
        if (sweeping)
            return;
        sweeping = true;
        sweeper.Change(limits.Kept, Timeout.InfiniteTimeSpan);
    }

    private ServiceRoute Find(string name) => hosts.Allows(name)
        ? this
        : throw new HttpStatusException(404, $"This port serves {Host} only, and not {name}. The Host header must be that, localhost or 127.0.0.1.");
}
