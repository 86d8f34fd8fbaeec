using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>Runs SDK look-ups that cannot be cancelled: after a time-out or cancellation they are abandoned.</summary>
internal static class BoundedLookup
{
    /// <summary>Runs a look-up.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="lookUp">The look-up; it may block.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result.</returns>
    /// <exception cref="TimeoutException">The time limit is exceeded.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> lookUp, TimeSpan limit, IClock clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A dedicated thread: an abandoned look-up may block for half a minute.
        var work = Task.Factory.StartNew(lookUp, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(work, clock.Delay(limit, waiting.Token)).ConfigureAwait(false);
        if (first == work)
        {
            waiting.Cancel();
            return await work.ConfigureAwait(false);
        }

        _ = work.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"No result within {limit.TotalSeconds:0.###} s.");
    }
}
