using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Tests.Shared;

/// <summary>How the time of a <see cref="FakeClock"/> advances.</summary>
internal enum FakeTime
{
    /// <summary>It stands still until a test advances it.</summary>
    Stands,

    /// <summary>Every delay advances it at once.</summary>
    Jumps,

    /// <summary>It is the system clock.</summary>
    Runs,
}

/// <summary>The clock of the tests: a test can advance it, make it throw and read the requested delays. Thread-safe.</summary>
internal sealed class FakeClock(DateTime start, FakeTime time = FakeTime.Stands) : IClock
{
    private readonly object sync = new();
    private readonly List<Pending> pending = [];
    private readonly List<TimeSpan> delays = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> watchers = [];
    private DateTime now = DateTime.SpecifyKind(start, DateTimeKind.Utc);

    public FakeClock(FakeTime time = FakeTime.Stands)
        : this(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), time)
    {
    }

    /// <summary>Called before the time is returned: it may throw or block.</summary>
    public Action? Asked { get; set; }

    public DateTime UtcNow
    {
        get
        {
            Asked?.Invoke();
            lock (sync)
                return time == FakeTime.Runs ? DateTime.UtcNow : now;
        }
    }

    /// <summary>The requested delays, including those of zero.</summary>
    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (sync)
                return [.. delays];
        }
    }

    /// <summary>The number of pending delays.</summary>
    public int PendingDelays
    {
        get
        {
            lock (sync)
                return pending.Count;
        }
    }

    public void Advance(TimeSpan time)
    {
        Pending[] due;
        lock (sync)
        {
            now += time;
            due = pending.Where(delay => delay.Due <= now).OrderBy(delay => delay.Due).ToArray();
            pending.RemoveAll(delay => delay.Due <= now);
        }

        foreach (var delay in due)
            delay.End.TrySetResult();
    }

    public async Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (sync)
        {
            delays.Add(delay);
            if (time == FakeTime.Jumps && delay > TimeSpan.Zero)
                now += delay;
        }

        if (time == FakeTime.Runs)
            await Task.Delay(delay, cancellationToken);
        if (time != FakeTime.Stands || delay <= TimeSpan.Zero)
            return;
        Pending mine;
        TaskCompletionSource[] reached;
        lock (sync)
        {
            mine = new Pending(now + delay, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            pending.Add(mine);
            reached = watchers.Where(watcher => watcher.Count <= pending.Count).Select(watcher => watcher.Reached).ToArray();
            watchers.RemoveAll(watcher => watcher.Count <= pending.Count);
        }

        foreach (var watcher in reached)
            watcher.TrySetResult();
        await using var registration = cancellationToken.Register(() =>
        {
            lock (sync)
                pending.Remove(mine);
            mine.End.TrySetCanceled(cancellationToken);
        });
        await mine.End.Task;
    }

    /// <summary>Completes when at least this number of delays is pending: the moment to advance the time.</summary>
    public Task DelaysAsync(int count, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (sync)
        {
            if (pending.Count >= count)
                return Task.CompletedTask;
            watchers.Add((count, reached));
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    private sealed record Pending(DateTime Due, TaskCompletionSource End);
}
