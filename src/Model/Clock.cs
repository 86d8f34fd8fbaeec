using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>The time and delays; tests replace it.</summary>
internal interface IClock
{
    /// <summary>Now, in UTC.</summary>
    DateTime UtcNow { get; }

    /// <summary>Completes after a delay.</summary>
    /// <param name="delay">How long; zero or less completes at once.</param>
    /// <param name="cancellationToken">Cancels the delay.</param>
    /// <returns>A task that completes when it is done.</returns>
    Task Delay(TimeSpan delay, CancellationToken cancellationToken);
}

/// <summary>The system clock.</summary>
internal sealed class SystemClock : IClock
{
    private SystemClock()
    {
    }

    /// <summary>The single instance.</summary>
    public static IClock Instance { get; } = new SystemClock();

    /// <inheritdoc/>
    public DateTime UtcNow => DateTime.UtcNow;

    /// <inheritdoc/>
    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero ? (cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask) : Task.Delay(delay, cancellationToken);
}
