using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Unit.Tests.Support;

/// <summary>A clock that jumps over every delay.</summary>
internal sealed class SteppingClock : IClock
{
    public DateTime UtcNow { get; private set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        UtcNow += delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
        return Task.CompletedTask;
    }
}
