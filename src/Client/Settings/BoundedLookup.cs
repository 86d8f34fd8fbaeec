using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Client.Settings;

/// <summary>Runs what the SDK looks up without heeding a token: it is left behind when the time is over or the caller gives up.</summary>
internal static class BoundedLookup
{
    /// <summary>Runs a look-up.</summary>
    /// <typeparam name="T">What it finds.</typeparam>
    /// <param name="lookUp">The look-up; it may block.</param>
    /// <param name="limit">How long to wait for it.</param>
    /// <param name="clock">Measures the limit.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    /// <returns>What it found.</returns>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> lookUp, TimeSpan limit, IClock clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A thread of its own, as it may block for half a minute after it was given up.
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
