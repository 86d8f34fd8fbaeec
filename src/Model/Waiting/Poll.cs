using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Waiting;

/// <summary>Runs one poll of a wait, and defines how many polls may fail.</summary>
internal static class Poll
{
    /// <summary>A wait fails after this many consecutive transient failures.</summary>
    public const int MaxTransientFailures = 10;

    /// <summary>An operation or resource counts as missing after this many polls: App Runner does not list new ones at once.</summary>
    public const int MaxMissingPolls = 12;

    // A time-out of zero still allows one poll.
    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Runs one poll, cancelled when the remaining wait time has elapsed, so that an unresponsive server cannot extend the wait.</summary>
    /// <param name="remaining">The remaining wait time.</param>
    /// <param name="subject">The polled resource, for the message.</param>
    /// <param name="poll">The poll.</param>
    /// <param name="cancellationToken">Cancels the poll.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="NetworkException">No response in time.</exception>
    public static async Task RunAsync(TimeSpan remaining, string subject, Func<CancellationToken, Task> poll, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (remaining < MaxTimer)
            limit.CancelAfter(remaining > MinTimeout ? remaining : MinTimeout);
        try
        {
            await poll(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NetworkException($"No response for {subject} before the wait timed out.", mayHaveArrived: false, late);
        }
    }

    /// <summary>The deadline of a wait. A very long time-out does not overflow: it means no deadline.</summary>
    /// <param name="startedAt">When the wait began.</param>
    /// <param name="timeout">The time-out.</param>
    /// <returns>The deadline.</returns>
    public static DateTime Deadline(DateTime startedAt, TimeSpan timeout) => timeout >= DateTime.MaxValue - startedAt ? DateTime.MaxValue : startedAt + timeout;
}

/// <summary>Time-out and interval of a wait.</summary>
internal sealed class WaitOptions
{
    /// <summary>The time-out. Default: 60 minutes, because an update with an invalid access role takes about 40 minutes to fail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The time between two polls of one service; null means 5 s in the first minute and 10 s later.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>The -ProfileName of the command, for the command that waits again; empty without one.</summary>
    public string ProfileParameter { get; set; } = string.Empty;

    /// <summary>The time until the next poll.</summary>
    /// <param name="elapsed">Time since the wait began.</param>
    /// <returns>The interval.</returns>
    public TimeSpan IntervalAfter(TimeSpan elapsed) =>
        PollInterval ?? (elapsed < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(10));
}

/// <summary>The progress of a wait.</summary>
/// <param name="ServiceArn">The service.</param>
/// <param name="OperationId">The operation; null while it is unknown.</param>
/// <param name="Type">The operation's type; null while it is not listed.</param>
/// <param name="Status">The operation's status; null while it is not listed.</param>
/// <param name="StartedAt">When the wait began (UTC).</param>
/// <param name="HasEnded">Whether the wait is over.</param>
internal sealed record WaitProgress(string ServiceArn, string? OperationId, string? Type, string? Status, DateTime StartedAt, bool HasEnded);
