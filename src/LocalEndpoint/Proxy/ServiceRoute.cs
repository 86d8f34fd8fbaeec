using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Http;

namespace AppRunner.LocalEndpoint.Proxy;

/// <summary>The route to one service: by its host name, and by its own port for clients that cannot resolve the name.</summary>
internal sealed class ServiceRoute : IAsyncDisposable
{
    private readonly object syncRoot = new();
    private readonly FrontDoorLimits limits;
    private readonly HostGuard hosts;
    private readonly Action onDisposed;
    private readonly LoopbackListener listener;
    private readonly Timer sweeper;
    private readonly Dictionary<Backend, BackendPool> pools = [];
    private BackendPool[] serving = [];
    private string reason = "No instance of this service runs yet.";
    private int inFlight;
    private int nextIndex;
    private bool sweeping;
    private bool disposed;

    /// <summary>Creates the route.</summary>
    /// <param name="name">The host name of the service's URL.</param>
    /// <param name="limits">The limits of a request.</param>
    /// <param name="onDisposed">Called when the route is disposed.</param>
    internal ServiceRoute(string name, FrontDoorLimits limits, Action onDisposed)
    {
        hosts = HostGuard.LoopbackOr(name);
        this.limits = limits;
        this.onDisposed = onDisposed;
        sweeper = new Timer(_ => Sweep());
        listener = new LoopbackListener(0, limits.Connections, TimeSpan.Zero);
        Host = string.Create(CultureInfo.InvariantCulture, $"{name}:{Port}");
        listener.Start((socket, stopping) => new ClientConnection(socket, Find, limits, stopping));
    }

    /// <summary>Called with the number of requests in flight after a change, on the thread of a request: handlers must be fast and must not throw. Calls for concurrent changes may come in another order.</summary>
    public event Action<int>? InFlightChanged;

    /// <summary>Called with the status and the duration of each request that has a response, on the thread of the request: handlers must be fast and must not throw.</summary>
    public event Action<int, TimeSpan>? RequestEnded;

    /// <summary>The host of the service's URL, with its own port: clients that cannot resolve the name use 127.0.0.1.</summary>
    public string Host { get; }

    /// <summary>The port of the service on 127.0.0.1.</summary>
    public int Port => listener.Port;

    /// <summary>The number of requests in flight and upgraded connections, over all instances.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Routes new requests to these instances, each to the one with the fewest requests in flight. Requests in flight to other instances continue.</summary>
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

    /// <summary>Responds to new requests with 503 and this reason.</summary>
    public void Close(string reason)
    {
        lock (syncRoot)
        {
            this.reason = reason;
            if (!disposed)
                Serve([]);
        }
    }

    /// <summary>Waits until no request is in flight to an instance that no longer gets new ones.</summary>
    /// <returns>False if requests are still in flight after the timeout.</returns>
    public async Task<bool> DrainAsync(Backend backend, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task idle;
        lock (syncRoot)
        {
            if (!pools.TryGetValue(backend, out var pool) || pool.InFlight == 0)
                return true;
            idle = pool.WhenDrained();
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

    /// <summary>Closes the route, the port of the service, and all connections to its instances. Aborts requests in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        BackendPool[] all;
        lock (syncRoot)
        {
            if (disposed)
                return;
            Close("The service is no longer available.");
            disposed = true;
            all = [.. pools.Values];
        }

        onDisposed();
        foreach (var pool in all)
            Abort(pool);
        await listener.DisposeAsync().ConfigureAwait(false);
        await sweeper.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Leases the instance with the fewest requests in flight; null if all have been tried.</summary>
    /// <exception cref="HttpStatusException">No instance serves requests.</exception>
    internal BackendLease? Lease(IReadOnlyCollection<Backend> tried)
    {
        BackendPool? best = null;
        lock (syncRoot)
        {
            if (serving.Length == 0)
                throw new HttpStatusException(503, reason);
            var now = Environment.TickCount64;
            nextIndex = (nextIndex + 1) % serving.Length;
            for (var i = 0; i < serving.Length; i++)
            {
                var pool = serving[(nextIndex + i) % serving.Length];
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

    /// <summary>Reports the end of a request.</summary>
    internal void OnRequestEnded(int status, TimeSpan duration) => RequestEnded?.Invoke(status, duration);

    /// <summary>Takes an idle connection; null if there is none. The instance may have closed it.</summary>
    internal HttpChannel? TakeIdle(BackendPool pool)
    {
        lock (syncRoot)
            return pool.TakeIdle(Environment.TickCount64 - (long)limits.BackendIdle.TotalMilliseconds);
    }

    /// <summary>Registers the connection of a request; false if the route is disposed.</summary>
    internal bool Use(BackendPool pool, HttpChannel channel)
    {
        lock (syncRoot)
            return !disposed && pool.Busy.Add(channel);
    }

    /// <summary>Marks an instance that did not accept a connection.</summary>
    internal void MarkUnreachable(BackendPool pool)
    {
        lock (syncRoot)
            pool.UnreachableUntil = Environment.TickCount64 + (long)limits.Unreachable.TotalMilliseconds;
    }

    /// <summary>Ends a request to an instance.</summary>
    internal void EndRequest(BackendPool pool, HttpChannel? channel, bool keep)
    {
        lock (syncRoot)
        {
            if (channel is not null)
                pool.Busy.Remove(channel);
            if (keep && channel is not null && !disposed && serving.Contains(pool))
            {
                pool.AddIdle(channel);
                channel = null;
                StartSweeping();
            }

            inFlight--;
            pool.InFlight--;
            pool.SignalDrained();
            if (!serving.Contains(pool))
                TakeOutOfService(pool);
        }

        channel?.Dispose();
        InFlightChanged?.Invoke(InFlight);
    }

    // An instance that is out of service gets no more requests: close its idle connections, so that it can shut down.
    private void TakeOutOfService(BackendPool pool)
    {
        pool.CloseIdle(long.MaxValue);
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
                left += pool.CloseIdle(Environment.TickCount64 - (long)limits.BackendIdle.TotalMilliseconds);
            if (left > 0)
                StartSweeping();
        }
    }

    private void StartSweeping()
    {
        if (sweeping)
            return;
        sweeping = true;
        sweeper.Change(limits.BackendIdle, Timeout.InfiniteTimeSpan);
    }

    private ServiceRoute Find(string name) => hosts.Allows(name)
        ? this
        : throw new HttpStatusException(404, $"This port serves {Host} only, not {name}. The Host header must be {Host}, localhost or 127.0.0.1.");
}
