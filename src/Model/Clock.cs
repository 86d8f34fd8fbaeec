using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Time, so that a test can own it.</summary>
internal interface IClock
{
    /// <summary>Now, in UTC.</summary>
    DateTime UtcNow { get; }

    /// <summary>Ends after a while.</summary>
    /// <param name="delay">How long; zero or less ends at once.</param>
    /// <param name="cancellationToken">Ends it before, as cancelled.</param>
    /// <returns>A task for the end.</returns>
    Task Delay(TimeSpan delay, CancellationToken cancellationToken);
}

/// <summary>The computer's time.</summary>
internal sealed class SystemClock : IClock
{
    private SystemClock()
    {
    }

    /// <summary>The only one.</summary>
    public static IClock Instance { get; } = new SystemClock();

    /// <inheritdoc/>
    public DateTime UtcNow => DateTime.UtcNow;

    /// <inheritdoc/>
    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero ? (cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask) : Task.Delay(delay, cancellationToken);
}
