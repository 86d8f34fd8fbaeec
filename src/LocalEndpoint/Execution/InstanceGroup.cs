using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Proxy;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The instances of one release. While it serves, unhealthy ones are replaced, and their number follows the requests.</summary>
/// <param name="release">What the instances run.</param>
/// <param name="route">Where requests come from.</param>
/// <param name="settings">How the instances are checked and scaled.</param>
/// <remarks>
/// One task keeps the group (<c>KeepAsync</c>). It wakes when an instance becomes unhealthy, when a start ends, when the number of requests
/// asks for another size, and at the time that the last round has named. Each round (<c>Adjust</c>) does, under the lock:
/// <code>
/// 1. remove unhealthy instances                      route without them, then stop each in the background
/// 2. size = requests in flight / MaxConcurrency, between MinSize and MaxSize
/// 3. too few: start the missing ones at the same time, each routed to when it is healthy
///    - one that failed is tried again after a pause, which doubles with each failure
/// 4. too many for ScaleDownAfter: remove the newest one (drained first), and wait as long again before the next
/// </code>
/// </remarks>
internal sealed class InstanceGroup(Release release, ServiceRoute route, InstanceGroupSettings settings) : IDisposable
{
    private readonly object syncRoot = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Instance> healthy = [];
    private readonly List<Task> tasks = [];
    private TaskCompletionSource changed = NewSignal();
    private Task keeping = Task.CompletedTask;
    private bool serving;

    // The replacements and additions.
    private int starting;
    private int failures;
    private DateTime? retryAt;
    private DateTime? quietSince;

    /// <summary>How the instances are checked and scaled.</summary>
    public InstanceGroupSettings Settings => settings;

    /// <summary>Starts as many instances as there must be at least. No request is routed to them yet.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">One of them did not become healthy; the group is to be stopped.</exception>
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
                // Without one of them the others are not needed.
                await together.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>New requests go to these instances from now on.</summary>
    public void Serve()
    {
        lock (syncRoot)
        {
            serving = true;
            Publish();
        }

        route.InFlightChanged += OnInFlightChanged;
        keeping = Task.Run(KeepAsync);
    }

    /// <summary>Stops changing the route, which another group takes over or which is closed; requests still reach these instances until then.</summary>
    public void StopServing()
    {
        route.InFlightChanged -= OnInFlightChanged;
        lock (syncRoot)
            serving = false;
    }

    /// <summary>Stops all instances. Never fails.</summary>
    /// <param name="drainTimeout">For requests that are in flight.</param>
    public async Task StopAsync(TimeSpan drainTimeout)
    {
        StopServing();
        await stopping.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
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

    private async Task KeepAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var signal = NewSignal();
            Volatile.Write(ref changed, signal);
            DateTime? wake;
            var events = new List<string>();
            lock (syncRoot)
                wake = Adjust(settings.Clock.UtcNow, events);

            // After the lock: the log has locks of its own.
            foreach (var text in events)
                settings.Log.Event(text);
            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            var timer = wake is { } time ? settings.Clock.Delay(time - settings.Clock.UtcNow, sleep.Token) : Task.Delay(Timeout.Infinite, sleep.Token);
            await Task.WhenAny(signal.Task, timer).ConfigureAwait(false);
            await sleep.CancelAsync().ConfigureAwait(false);
        }
    }

    // One round; the caller must hold the lock. Gives the time of the next one, null where nothing is to be waited for, and what to log.
    private DateTime? Adjust(DateTime now, List<string> events)
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
            quietSince = null;
        }
        else if ((quietSince ??= now) + settings.Times.ScaleDownAfter <= now && healthy.Count > settings.Scaling.MinSize)
        {
            events.Add($"[AppRunner] Scaling from {healthy.Count} to {healthy.Count - 1} instances.");
            Remove(healthy[^1]);
            quietSince = now;
        }

        // Too many may still be starting; the end of a start wakes the task by itself.
        var isTooMany = missing < 0 && healthy.Count > settings.Scaling.MinSize;
        return missing > 0 ? retryAt : isTooMany ? quietSince + settings.Times.ScaleDownAfter : null;
    }

    private void Remove(Instance instance)
    {
        healthy.Remove(instance);
        Publish();
        Track(DrainAndStopAsync(instance, settings.Times.DrainTimeout));
    }

    // Not on this thread, which holds the lock.
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
                // StopAsync cancels first, and then takes what is healthy.
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
            // The service is paused, deployed anew or deleted.
        }
        catch (Exception e)
        {
            TimeSpan pause;
            lock (syncRoot)
            {
                var times = Math.Pow(2, Math.Min(failures++, 20));
                pause = TimeSpan.FromTicks((long)Math.Min(settings.Times.LongestReplacePause.Ticks, settings.Times.ReplacePause.Ticks * times));
                retryAt = settings.Clock.UtcNow + pause;
            }

            settings.Log.Event($"[AppRunner] A new instance could not be started and is tried again in {pause.TotalSeconds:0} s. {e.Message}");
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

        // Requests that a dead program has are lost already.
        if (drainTimeout > TimeSpan.Zero && instance.UnhealthyReason is null)
            await Task.WhenAny(route.DrainAsync(instance.Backend, drainTimeout, settings.Stopping)).ConfigureAwait(false);
        await instance.StopAsync(settings.Times.StopTimeout).ConfigureAwait(false);
        instance.Dispose();
    }
}

/// <summary>How the instances of one release are checked and scaled.</summary>
/// <param name="Probe">What makes them healthy and unhealthy.</param>
/// <param name="Scaling">How many instances there are.</param>
/// <param name="Times">How long things take.</param>
/// <param name="Log">The service's log.</param>
/// <param name="Clock">The time.</param>
/// <param name="Stopping">Ends draining, because the endpoint stops.</param>
internal sealed record InstanceGroupSettings(HealthProbe Probe, Scaling Scaling, ExecutionSettings Times, IServiceLog Log, IClock Clock, CancellationToken Stopping);
