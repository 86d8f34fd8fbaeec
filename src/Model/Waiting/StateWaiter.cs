using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Waiting;

/// <summary>Waits until a resource is in a state. <see cref="OperationWaiter"/> waits for operations.</summary>
/// <param name="clock">The clock.</param>
/// <param name="options">Time-out and interval.</param>
/// <param name="progress">Called when the status changes, possibly from several threads; may be null.</param>
internal sealed class StateWaiter(IClock clock, WaitOptions options, Action<WaitProgress>? progress = null)
{
    private readonly Random random = new();

    /// <summary>Waits until a resource is in a state.</summary>
    /// <typeparam name="T">The resource.</typeparam>
    /// <param name="wait">The resource and the awaited state.</param>
    /// <param name="cancellationToken">Stops waiting; the change itself continues.</param>
    /// <returns>The resource in that state; null if its deletion was awaited.</returns>
    /// <exception cref="OperationFailedException">The resource is in a failed state.</exception>
    /// <exception cref="WaitTimeoutException">The wait timed out.</exception>
    /// <exception cref="AppRunnerException">Polling failed with an error that is not transient.</exception>
    public async Task<T?> WaitAsync<T>(StateWait<T> wait, CancellationToken cancellationToken)
        where T : class
    {
        var startedAt = clock.UtcNow;
        var deadline = Poll.Deadline(startedAt, options.Timeout);
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
                    await Poll.RunAsync(deadline - clock.UtcNow, wait.Arn, async token => resource = await wait.ReadAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                    (failures, failure) = (0, null);
                    status = resource is null ? "not found" : wait.StatusOf(resource);
                    Report(status, hasEnded: false);
                    if (wait.IsReached(resource))
                        return resource;
                    if (resource is null ? ++missing >= Poll.MaxMissingPolls : wait.IsFailed(resource))
                        throw new OperationFailedException($"{wait.DisplayName} is {status}.", resource);
                }
                catch (AppRunnerException transient) when (transient.IsTransient && ++failures < Poll.MaxTransientFailures)
                {
                    failure = transient;
                }

                if (clock.UtcNow >= deadline)
                    throw TimedOut(wait, status, failure);
                await clock.Delay(Pause(startedAt, deadline), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Report(status, hasEnded: true);
        }

        void Report(string? now, bool hasEnded) => progress?.Invoke(new WaitProgress(wait.Arn, null, wait.Activity, now, startedAt, hasEnded));
    }

    // Jitter of 10 %, so that waits that began together do not poll together.
    private TimeSpan Pause(DateTime startedAt, DateTime deadline)
    {
        double jitter;
        lock (random)
            jitter = 0.9 + (0.2 * random.NextDouble());
        var pause = TimeSpan.FromTicks((long)(options.IntervalAfter(clock.UtcNow - startedAt).Ticks * jitter));
        return pause < deadline - clock.UtcNow ? pause : deadline - clock.UtcNow;
    }

    private WaitTimeoutException TimedOut<T>(StateWait<T> wait, string? status, AppRunnerException? failure)
        where T : class
    {
        var seconds = $"{options.Timeout.TotalSeconds:0.#} s";
        var message = status is null
            ? $"The state of {wait.DisplayName} is still unknown after {seconds}. The wait timed out."
            : $"{wait.DisplayName} is still {status} after {seconds}. The wait timed out; the change continues.";
        return new WaitTimeoutException(message, failure) { RecommendedAction = wait.RecommendedAction };
    }
}

/// <summary>A resource and the state to wait for, where the API has no operation id.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="Arn">The ARN to report progress for.</param>
/// <param name="Activity">The change that is in progress, such as <c>ASSOCIATE_CUSTOM_DOMAIN example.com</c>.</param>
/// <param name="DisplayName">The resource in a sentence, such as <c>Custom domain "example.com"</c>.</param>
/// <param name="ReadAsync">Reads the resource; null if it does not exist.</param>
/// <param name="StatusOf">Its status.</param>
/// <param name="IsReached">Whether the state is reached; also called with null, for a resource that does not exist.</param>
/// <param name="IsFailed">Whether it can no longer be reached.</param>
/// <param name="RecommendedAction">What to do after a time-out; shown with the error.</param>
internal sealed record StateWait<T>(
    string Arn,
    string Activity,
    string DisplayName,
    Func<CancellationToken, Task<T?>> ReadAsync,
    Func<T, string?> StatusOf,
    Func<T?, bool> IsReached,
    Func<T, bool> IsFailed,
    string RecommendedAction)
    where T : class;
