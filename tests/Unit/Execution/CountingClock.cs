using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Unit.Tests.Execution;

/// <summary>The computer's time, which knows how often somebody has waited for a certain while.</summary>
internal sealed class CountingClock(TimeSpan counted) : IClock
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public DateTime UtcNow => SystemClock.Instance.UtcNow;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay == counted)
            Interlocked.Increment(ref count);
        return SystemClock.Instance.Delay(delay, cancellationToken);
    }
}
