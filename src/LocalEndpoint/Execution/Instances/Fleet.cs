using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.FrontDoor;

namespace AppRunner.LocalEndpoint.Execution.Instances;

/// <summary>The instances of one release. While it serves, sick ones are replaced, and their number follows the requests.</summary>
/// <param name="release">What the instances run.</param>
/// <param name="route">Where requests come from.</param>
/// <param name="settings">How the instances are looked after.</param>
internal sealed class Fleet(Release release, ServiceRoute route, FleetSettings settings) : IDisposable
{
    private readonly object gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Instance> healthy = [];
    private readonly List<Task> tasks = [];
    private TaskCompletionSource changed = NewSignal();
    private Task keeping = Task.CompletedTask;
    private bool serving;

    // Of the replacements and additions.
    private int starting;
    private int failures;
    private DateTime? retryAt;
    private DateTime? quietSince;

    /// <summary>How the instances are looked after.</summary>
    public FleetSettings Settings => settings;

    /// <summary>Starts as many instances as there must be at least. Nobody is routed to them yet.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">One of them did not become healthy; the fleet is to be stopped.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starts = Enumerable.Range(0, settings.MinSize).Select(_ => StartOneAsync()).ToArray();
        try
        {
            await Task.WhenAll(starts).ConfigureAwait(false);
        }
        catch
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reasons = starts.Where(start => start.IsFaulted).Select(start => start.Exception!.InnerException!).ToArray();
            throw reasons.FirstOrDefault(reason => reason is DeploymentFailure) ?? reasons[0];
        }

        async Task StartOneAsync()
        {
            try
            {
                var instance = await Instance.StartAsync(release, settings, Signal, together.Token).ConfigureAwait(false);
                lock (gate)
                    healthy.Add(instance);
            }
            catch
            {
                // Without one of them the others are of no use.
                await together.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>New requests go to these instances from now on.</summary>
    public void Serve()
    {
        lock (gate)
        {
            serving = true;
            Publish();
        }

        route.InFlightChanged += OnInFlightChanged;
        keeping = Task.Run(KeepAsync);
    }

    /// <summary>Leaves the route to whoever serves next; nothing is changed there.</summary>
    public void StepBack()
    {
        route.InFlightChanged -= OnInFlightChanged;
        lock (gate)
            serving = false;
    }

    /// <summary>Stops all instances. Never fails.</summary>
    /// <param name="drainPatience">For requests that are being answered.</param>
    public async Task StopAsync(TimeSpan drainPatience)
    {
        StepBack();
        await stopping.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        Instance[] rest;
        Task[] running;
        lock (gate)
        {
            rest = healthy.ToArray();
            healthy.Clear();
            running = tasks.ToArray();
        }

        await Task.WhenAll(running.Concat(rest.Select(instance => RetireAsync(instance, drainPatience)))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Volatile.Read(ref changed).TrySetResult();

    private void OnInFlightChanged(int requests)
    {
        if (settings.SizeFor(requests) != Volatile.Read(ref starting) + healthy.Count)
            Signal();
    }

    // Has the gate.
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
            lock (gate)
                wake = Adjust(settings.Clock.UtcNow);
            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            var timer = wake is { } time ? settings.Clock.Delay(time - settings.Clock.UtcNow, sleep.Token) : Task.Delay(Timeout.Infinite, sleep.Token);
            await Task.WhenAny(signal.Task, timer).ConfigureAwait(false);
            await sleep.CancelAsync().ConfigureAwait(false);
        }
    }

    // Gives the time of the next look; null where nothing is to be waited for.
    private DateTime? Adjust(DateTime now)
    {
        foreach (var instance in healthy.Where(instance => instance.Sickness is not null).ToArray())
        {
            settings.Log.Event($"[AppRunner] Instance {instance.Id} is replaced: {instance.Sickness}.");
            Remove(instance);
        }

        var size = settings.SizeFor(route.InFlight);
        var missing = size - healthy.Count - starting;
        if (missing > 0 && (retryAt is null || retryAt <= now))
        {
            if (failures == 0 && healthy.Count >= settings.MinSize)
                settings.Log.Event($"[AppRunner] Scaling from {healthy.Count} to {size} instances: {route.InFlight} concurrent requests.");
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
        else if ((quietSince ??= now) + settings.Times.ScaleDownAfter <= now && healthy.Count > settings.MinSize)
        {
            settings.Log.Event($"[AppRunner] Scaling from {healthy.Count} to {healthy.Count - 1} instances.");
            Remove(healthy[^1]);
            quietSince = now;
        }

        // Too many may still be starting; the end of that wakes the keeper by itself.
        var isTooMany = missing < 0 && healthy.Count > settings.MinSize;
        return missing > 0 ? retryAt : isTooMany ? quietSince + settings.Times.ScaleDownAfter : null;
    }

    private void Remove(Instance instance)
    {
        healthy.Remove(instance);
        Publish();
        Track(RetireAsync(instance, settings.Times.DrainPatience));
    }

    // Not on this thread, which has the gate.
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
            lock (gate)
            {
                // Whoever stops the fleet has cancelled first, and then takes what is healthy.
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
                await RetireAsync(instance, TimeSpan.Zero).ConfigureAwait(false);
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
            lock (gate)
            {
                var times = Math.Pow(2, Math.Min(failures++, 20));
                pause = TimeSpan.FromTicks((long)Math.Min(settings.Times.LongestReplacePause.Ticks, settings.Times.ReplacePause.Ticks * times));
                retryAt = settings.Clock.UtcNow + pause;
            }

            settings.Log.Event($"[AppRunner] A new instance could not be started and is tried again in {pause.TotalSeconds:0} s. {e.Message}");
        }
        finally
        {
            lock (gate)
                starting--;
            Signal();
        }
    }

    private async Task RetireAsync(Instance instance, TimeSpan drainPatience)
    {
        await Task.Yield();

        // Requests that a dead program has are lost already.
        if (drainPatience > TimeSpan.Zero && instance.Sickness is null)
            await Task.WhenAny(route.DrainAsync(instance.Backend, drainPatience, settings.Stopping)).ConfigureAwait(false);
        await instance.StopAsync(settings.Times.StopPatience).ConfigureAwait(false);
        instance.Dispose();
    }
}
