using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Waits until resources are in a state, many at once. For what is an operation there is <see cref="OperationWaiter"/>.</summary>
/// <param name="clock">Time.</param>
/// <param name="options">Time-out and interval.</param>
/// <param name="progress">Told when something is known that was not before; may be called from several threads; may be null.</param>
public sealed class StateWaiter(IClock clock, WaitOptions options, Action<WaitProgress>? progress = null)
{
    private readonly Random random = new();

    /// <summary>Waits until a resource is in a state.</summary>
    /// <typeparam name="T">The resource.</typeparam>
    /// <param name="wait">The resource and the state.</param>
    /// <param name="cancellationToken">Stops waiting at once; what goes on goes on.</param>
    /// <returns>The resource as it is then; null where it is gone and that was waited for.</returns>
    /// <exception cref="OperationFailedException">It failed.</exception>
    /// <exception cref="WaitTimeoutException">The time is over.</exception>
    /// <exception cref="AppRunnerException">Asking failed for good.</exception>
    public async Task<T?> WaitAsync<T>(StateWait<T> wait, CancellationToken cancellationToken)
        where T : class
    {
        var begun = clock.UtcNow;
        var deadline = Look.Deadline(begun, options.Timeout);
        string? status = null;
        Report(null, hasEnded: false);
        try
        {
            AppRunnerException? failure = null;
            for (int failures = 0, missing = 0; ;)
            {
                T? resource = null;
                try
                {
                    await Look.InTimeAsync(deadline - clock.UtcNow, wait.Arn, async token => resource = await wait.ReadAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                    (failures, failure) = (0, null);
                    status = resource is null ? "not there" : wait.StatusOf(resource);
                    Report(status, hasEnded: false);
                    if (wait.HasCome(resource))
                        return resource;
                    if (resource is null ? ++missing >= Look.PatientLooks : wait.HasFailed(resource))
                        throw new OperationFailedException($"{wait.Caption} is {status}.", resource);
                }
                catch (AppRunnerException passing) when (Look.IsPassing(passing) && ++failures < Look.PatientFailures)
                {
                    failure = passing;
                }

                if (clock.UtcNow >= deadline)
                    throw TimedOut(wait, status, failure);
                await clock.Delay(Pause(begun, deadline), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Report(status, hasEnded: true);
        }

        void Report(string? now, bool hasEnded) => progress?.Invoke(new WaitProgress(wait.Arn, null, wait.Activity, now, begun, hasEnded));
    }

    // A tenth more or less, so that many waits that began together do not ask together for ever.
    private TimeSpan Pause(DateTime begun, DateTime deadline)
    {
        double jitter;
        lock (random)
            jitter = 0.9 + (0.2 * random.NextDouble());
        var pause = TimeSpan.FromTicks((long)(options.IntervalAfter(clock.UtcNow - begun).Ticks * jitter));
        return pause < deadline - clock.UtcNow ? pause : deadline - clock.UtcNow;
    }

    private WaitTimeoutException TimedOut<T>(StateWait<T> wait, string? status, AppRunnerException? failure)
        where T : class
    {
        var seconds = $"{options.Timeout.TotalSeconds:0.#} s";
        var message = status is null
            ? $"Nothing is known of {wait.Caption} after {seconds}. The time to wait is over."
            : $"{wait.Caption} is {status} after {seconds}. The time to wait is over; it goes on.";
        return new WaitTimeoutException(message, failure) { RecommendedAction = wait.WhatNext };
    }
}
