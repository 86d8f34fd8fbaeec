using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The instances of one release. While the group serves, it replaces unhealthy instances and scales with the number of requests.</summary>
/// <param name="release">The release to run.</param>
/// <param name="route">The route that sends the requests.</param>
/// <param name="settings">Health check, scaling and timeouts.</param>
/// <remarks>
/// One task maintains the group (<c>ReconcileLoopAsync</c>). It runs a round when an instance becomes unhealthy, when a start ends, when the
/// number of requests requires another size, and at the time that the previous round returned. Each round (<c>Reconcile</c>), under the lock:
/// <code>
/// 1. remove unhealthy instances                      update the route, then stop each in the background
/// 2. size = requests in flight / MaxConcurrency, between MinSize and MaxSize
/// 3. too few: start the missing ones at the same time, each routed to when it is healthy
///    - a failed start is retried after a pause, which doubles with each failure
/// 4. too many for ScaleDownAfter: remove the newest one (drained first), and wait the same time before the next
/// </code>
/// </remarks>
internal sealed class InstanceGroup(Release release, ServiceRoute route, InstanceGroupSettings settings) : IDisposable
{
    private readonly object syncRoot = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Instance> healthy = [];
    private readonly List<Task> tasks = [];
    private TaskCompletionSource changed = NewSignal();
    private Task reconciling = Task.CompletedTask;
    private bool serving;

    // The state of starting further instances, and of scaling down.
    private int starting;
    private int failures;
    private DateTime? retryAt;
    private DateTime? tooManySince;

    /// <summary>Health check, scaling and timeouts.</summary>
    public InstanceGroupSettings Settings => settings;

    /// <summary>The healthy instances.</summary>
    public Instance[] Healthy
    {
        get
        {
            lock (syncRoot)
                return [.. healthy];
        }
    }

    /// <summary>Starts MinSize instances. No requests are routed to them yet.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="DeploymentException">An instance did not become healthy; the caller must stop the group.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starts = Enumerable.Range(0, settings.Scaling.MinSize).Select(_ => StartOneAsync()).ToArray();
        try
        {
            await Task.WhenAll(starts).ConfigureAwait(false);
        }
        catch
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reasons = starts.Where(start => start.IsFaulted).Select(start => start.Exception!.InnerException!).ToArray();
            throw reasons.FirstOrDefault(reason => reason is DeploymentException) ?? reasons[0];
        }

        async Task StartOneAsync()
        {
            try
            {
                var instance = await Instance.StartAsync(release, settings, Signal, together.Token).ConfigureAwait(false);
                lock (syncRoot)
                    healthy.Add(instance);
            }
            catch
            {
                // If one start fails, cancel the others.
                await together.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Routes new requests to these instances, and maintains the group.</summary>
    public void Serve()
    {
        lock (syncRoot)
        {
            serving = true;
            Publish();
        }

        route.InFlightChanged += OnInFlightChanged;
        reconciling = Task.Run(ReconcileLoopAsync);
    }

    /// <summary>Stops maintaining the route. Requests still reach these instances until another group takes over the route, or it is closed.</summary>
    public void StopServing()
    {
        route.InFlightChanged -= OnInFlightChanged;
        lock (syncRoot)
            serving = false;
    }

    /// <summary>Stops all instances. Never throws.</summary>
    /// <param name="drainTimeout">The time for requests in flight.</param>
    public async Task StopAsync(TimeSpan drainTimeout)
    {
        StopServing();
        await stopping.CancelAsync().ConfigureAwait(false);
        await reconciling.ConfigureAwait(false);
        Instance[] rest;
        Task[] running;
        lock (syncRoot)
        {
            rest = healthy.ToArray();
            healthy.Clear();
            running = tasks.ToArray();
        }

        await Task.WhenAll(running.Concat(rest.Select(instance => DrainAndStopAsync(instance, drainTimeout)))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Volatile.Read(ref changed).TrySetResult();

    private void OnInFlightChanged(int requests)
    {
        if (settings.Scaling.SizeFor(requests) != Volatile.Read(ref starting) + healthy.Count)
            Signal();
    }

    // The caller must hold the lock.
    private void Publish()
    {
        if (!serving)
            return;
        if (healthy.Count > 0)
            route.Serve(healthy.Select(instance => instance.Backend).ToArray());
        else
            route.Close("No instance of the service is healthy.");
    }

    private async Task ReconcileLoopAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var signal = NewSignal();
            Volatile.Write(ref changed, signal);
            DateTime? nextRound;
            var events = new List<string>();
            lock (syncRoot)
                nextRound = Reconcile(settings.Clock.UtcNow, events);

            // Outside the lock, because the log has its own locks.
            foreach (var text in events)
                settings.Log.Event(text);
            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            var timer = nextRound is { } time ? settings.Clock.Delay(time - settings.Clock.UtcNow, sleep.Token) : Task.Delay(Timeout.Infinite, sleep.Token);
            await Task.WhenAny(signal.Task, timer).ConfigureAwait(false);
            await sleep.CancelAsync().ConfigureAwait(false);
        }
    }

    // One round; the caller must hold the lock. Returns the time of the next round (null if only a signal starts it), and the events to log.
    private DateTime? Reconcile(DateTime now, List<string> events)
    {
        foreach (var instance in healthy.Where(instance => instance.UnhealthyReason is not null).ToArray())
        {
            events.Add($"[AppRunner] Instance {instance.Id} is replaced: {instance.UnhealthyReason}.");
            Remove(instance);
        }

        var size = settings.Scaling.SizeFor(route.InFlight);
        var missing = size - healthy.Count - starting;
        if (missing > 0 && (retryAt is null || retryAt <= now))
        {
            if (failures == 0 && healthy.Count >= settings.Scaling.MinSize)
                events.Add($"[AppRunner] Scaling from {healthy.Count} to {size} instances: {route.InFlight} concurrent requests.");
            for (; missing > 0; missing--)
            {
                starting++;
                Track(AddAsync());
            }
        }

        if (missing >= 0)
        {
            tooManySince = null;
        }
        else if ((tooManySince ??= now) + settings.Times.ScaleDownAfter <= now && healthy.Count > settings.Scaling.MinSize)
        {
            events.Add($"[AppRunner] Scaling from {healthy.Count} to {healthy.Count - 1} instances.");
            Remove(healthy[^1]);
            tooManySince = now;
        }

        // Instances that are still starting cannot be removed yet; the end of a start signals the next round.
        var isTooMany = missing < 0 && healthy.Count > settings.Scaling.MinSize;
        return missing > 0 ? retryAt : isTooMany ? tooManySince + settings.Times.ScaleDownAfter : null;
    }

    private void Remove(Instance instance)
    {
        healthy.Remove(instance);
        Publish();
        Track(DrainAndStopAsync(instance, settings.Times.DrainTimeout));
    }

    // The tasks yield first, so that they do not run under the lock.
    private void Track(Task task)
    {
        tasks.RemoveAll(one => one.IsCompleted);
        tasks.Add(task);
    }

    private async Task AddAsync()
    {
        await Task.Yield();
        try
        {
            var instance = await Instance.StartAsync(release, settings, Signal, stopping.Token).ConfigureAwait(false);
            bool isWanted;
            lock (syncRoot)
            {
                // StopAsync cancels first, and then stops all healthy instances.
                isWanted = !stopping.IsCancellationRequested;
                if (isWanted)
                {
                    healthy.Add(instance);
                    Publish();
                    failures = 0;
                    retryAt = null;
                }
            }

            if (!isWanted)
            {
                await DrainAndStopAsync(instance, TimeSpan.Zero).ConfigureAwait(false);
                return;
            }

            settings.Log.Event($"[AppRunner] Instance {instance.Id} is healthy.");
        }
        catch (OperationCanceledException)
        {
            // The group is being stopped.
        }
        catch (Exception e)
        {
            TimeSpan pause;
            lock (syncRoot)
            {
                var times = Math.Pow(2, Math.Min(failures++, 20));
                pause = TimeSpan.FromTicks((long)Math.Min(settings.Times.MaxRetryPause.Ticks, settings.Times.RetryPause.Ticks * times));
                retryAt = settings.Clock.UtcNow + pause;
            }

            settings.Log.Event($"[AppRunner] A new instance failed to start. Retrying in {pause.TotalSeconds:0} s. {e.Message}");
        }
        finally
        {
            lock (syncRoot)
                starting--;
            Signal();
        }
    }

    private async Task DrainAndStopAsync(Instance instance, TimeSpan drainTimeout)
    {
        await Task.Yield();

        // Do not wait for the requests of an unhealthy instance: it may never respond.
        if (drainTimeout > TimeSpan.Zero && instance.UnhealthyReason is null)
            await Task.WhenAny(route.DrainAsync(instance.Backend, drainTimeout, settings.Stopping)).ConfigureAwait(false);
        await instance.StopAsync(settings.Times.StopTimeout).ConfigureAwait(false);
        instance.Dispose();
    }
}

/// <summary>How the instances of one release are checked and scaled.</summary>
/// <param name="Probe">The health check.</param>
/// <param name="Scaling">The scaling settings.</param>
/// <param name="Times">Timeouts and intervals.</param>
/// <param name="Log">The log of the service.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Stopping">Cancels draining when the endpoint stops.</param>
internal sealed record InstanceGroupSettings(HealthProbe Probe, Scaling Scaling, ExecutionSettings Times, IServiceLog Log, IClock Clock, CancellationToken Stopping);
