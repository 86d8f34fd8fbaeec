using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Waiting;

/// <summary>One poll of something that is waited for, and how many of them may go wrong.</summary>
internal static class Poll
{
    /// <summary>Transient failures in a row after which a wait fails.</summary>
    public const int MaxTransientFailures = 10;

    /// <summary>Polls after which what is not listed counts as missing: new operations and resources are not listed at once.</summary>
    public const int MaxMissingPolls = 12;

    // A time-out of zero still gets one poll.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Runs one poll, cancelled when the remaining wait time has elapsed, so that an unresponsive server cannot extend the wait.</summary>
    /// <param name="remaining">The time that is left.</param>
    /// <param name="subject">What is polled, for the message.</param>
    /// <param name="poll">The poll.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="NetworkException">No response in time.</exception>
    public static async Task RunAsync(TimeSpan remaining, string subject, Func<CancellationToken, Task> poll, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (remaining < LongestTimer)
            limit.CancelAfter(remaining > Shortest ? remaining : Shortest);
        try
        {
            await poll(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NetworkException($"No response for {subject} before the wait timed out.", mayHaveArrived: false, late);
        }
    }

    /// <summary>The time at which a wait ends at the latest. A time-out of centuries means for ever, and does not overflow.</summary>
    /// <param name="startedAt">When the wait began.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>The deadline.</returns>
    public static DateTime Deadline(DateTime startedAt, TimeSpan timeout) => timeout >= DateTime.MaxValue - startedAt ? DateTime.MaxValue : startedAt + timeout;
}

/// <summary>How to wait.</summary>
internal sealed class WaitOptions
{
    /// <summary>How long to wait at most. Default: 60 minutes, because a bad access role on an update fails only after some 40.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The time between two polls of one service; null means 5 s in the first minute and 10 s later.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>The time until the next poll.</summary>
    /// <param name="elapsed">How long has been waited.</param>
    /// <returns>The interval.</returns>
    public TimeSpan IntervalAfter(TimeSpan elapsed) =>
        PollInterval ?? (elapsed < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(10));
}

/// <summary>How far a wait has come.</summary>
/// <param name="ServiceArn">The service.</param>
/// <param name="OperationId">The operation; null while it is not known which.</param>
/// <param name="Type">The operation's type; null while it is not listed.</param>
/// <param name="Status">The operation's status; null while it is not listed.</param>
/// <param name="StartedAt">When the wait began (UTC).</param>
/// <param name="HasEnded">Whether the wait is over.</param>
internal sealed record WaitProgress(string ServiceArn, string? OperationId, string? Type, string? Status, DateTime StartedAt, bool HasEnded);
