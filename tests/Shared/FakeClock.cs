using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Tests.Shared;

/// <summary>How the time of a <see cref="FakeClock"/> passes.</summary>
internal enum FakeTime
{
    /// <summary>It stands still until a test moves it.</summary>
    Stands,

    /// <summary>It stands still, and jumps over every delay.</summary>
    Jumps,

    /// <summary>It is the computer's.</summary>
    Runs,
}

/// <summary>The clock of the tests: it can be moved, broken and asked what it was waited for. Safe for use by several threads.</summary>
internal sealed class FakeClock(DateTime start, FakeTime time = FakeTime.Stands) : IClock
{
    private readonly object gate = new();
    private readonly List<Pending> pending = [];
    private readonly List<TimeSpan> delays = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> watchers = [];
    private DateTime now = DateTime.SpecifyKind(start, DateTimeKind.Utc);

    public FakeClock(FakeTime time = FakeTime.Stands)
        : this(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), time)
    {
    }

    /// <summary>Called before the time is told: it may throw or block.</summary>
    public Action? Asked { get; set; }

    public DateTime UtcNow
    {
        get
        {
            Asked?.Invoke();
            lock (gate)
                return time == FakeTime.Runs ? DateTime.UtcNow : now;
        }
    }

    /// <summary>The delays that were asked for, those of nothing too.</summary>
    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (gate)
                return [.. delays];
        }
    }

    /// <summary>How many delays wait for the time to move.</summary>
    public int PendingDelays
    {
        get
        {
            lock (gate)
                return pending.Count;
        }
    }

    public void Advance(TimeSpan time)
    {
        Pending[] due;
        lock (gate)
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
        lock (gate)
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
        lock (gate)
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
            lock (gate)
                pending.Remove(mine);
            mine.End.TrySetCanceled(cancellationToken);
        });
        await mine.End.Task;
    }

    /// <summary>Ends when at least so many delays wait: the moment to move the time.</summary>
    public Task DelaysAsync(int count, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (pending.Count >= count)
                return Task.CompletedTask;
            watchers.Add((count, reached));
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    private sealed record Pending(DateTime Due, TaskCompletionSource End);
}
