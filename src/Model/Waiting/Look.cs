using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>One look at something that is waited for.</summary>
internal static class Look
{
    /// <summary>Failed looks in a row that are put up with.</summary>
    public const int PatientFailures = 10;

    /// <summary>Looks without a trace of something new before it counts as missing: it is not listed at once.</summary>
    public const int PatientLooks = 12;

    // Even a time-out of nothing gets one look.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Whether a failure may be over at the next look.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>True for a broken line, throttling and a service that fails.</returns>
    public static bool IsPassing(AppRunnerException failure) => failure.ErrorId is ErrorIds.NetworkError or ErrorIds.Throttled or ErrorIds.ServiceError;

    /// <summary>Looks, but no longer than there is time: a server that takes the question and does not answer must not hold a wait, one call alone may take minutes.</summary>
    /// <param name="left">The time that is left.</param>
    /// <param name="subject">What is looked at.</param>
    /// <param name="look">The look.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="NetworkException">No answer in time.</exception>
    public static async Task InTimeAsync(TimeSpan left, string subject, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (left < LongestTimer)
            limit.CancelAfter(left > Shortest ? left : Shortest);
        try
        {
            await look(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NetworkException($"No answer about {subject} while there was time to wait.", mayHaveArrived: false, late);
        }
    }

    /// <summary>When a wait ends at the latest. A time-out of centuries is "for ever", not an overflow.</summary>
    /// <param name="begun">When it began.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <returns>The time.</returns>
    public static DateTime Deadline(DateTime begun, TimeSpan timeout) => timeout >= DateTime.MaxValue - begun ? DateTime.MaxValue : begun + timeout;
}
