using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Unit.Tests.Client;

/// <summary>A clock on which every pause is over at once; it keeps their lengths.</summary>
internal sealed class RecordingClock : IClock
{
    private readonly List<TimeSpan> delays = [];

    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (delays)
                return [.. delays];
        }
    }

    public DateTime UtcNow => DateTime.UtcNow;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (delays)
            delays.Add(delay);
        return Task.CompletedTask;
    }
}
