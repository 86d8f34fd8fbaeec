using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.Client.Calls;

/// <summary>
/// Slows down all calls of one client together after a service has throttled one of them, as the adaptive retry mode of the AWS SDKs does.
/// Calls that each back off alone send as many requests as before, and fail one after the other.
/// </summary>
/// <remarks>
///  1. There is no limit until a response says that a request was throttled.
///  2. After the first one: a pause, then one request after the other, at 80 % of the rate at which requests succeeded in the last second.
///     Throttled requests are sent again before new ones are sent.
///  3. Each success raises the rate: fast until a request is throttled again, to at most three times what succeeds, and up to 90 % of the rate that
///     was throttled last; from there slowly, and faster with time. A service that allows no bursts lets through half as much at a rate
///     just above its limit as at one just below it.
///  4. Each further throttled response lowers the rate to 80 %, or to 75 % if less than that succeeded in the last seconds, and pauses again for
///     one turn. Pauses become longer while nothing succeeds.
///     Responses to requests that were sent before the rate was lowered neither lower nor raise it.
///  5. At 200 requests a second, or after 10 s without a request, there is no limit again.
/// </remarks>
internal sealed class RateLimiter(IClock clock)
{
    private const double FirstRate = 2;
    private const double MinRate = 0.3;
    private const double MaxRate = 200;
    private const double NearThrottledRate = 0.9;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProgressTime = TimeSpan.FromSeconds(5);

    private readonly object syncRoot = new();
    private readonly Queue<DateTime> successes = new();
    private readonly LinkedList<TaskCompletionSource<bool>> retries = new();
    private readonly LinkedList<TaskCompletionSource<bool>> firstRequests = new();
    private readonly Random random = new();
    private bool hasTurn;

    // Requests per second; null without a limit.
    private double? rate;
    private double throttledRate = double.PositiveInfinity;
    private TimeSpan pause = FirstPause;
    private DateTime limitedSince;
    private DateTime loweredAt;
    private DateTime nextTurn;
    private DateTime? lastSuccess;
    private DateTime latest;
    private TimeSpan setBack;

    /// <summary>Whether a request succeeded in the last seconds, so that a throttled one will succeed when it is sent later.</summary>
    public bool IsProgressing
    {
        get
        {
            lock (syncRoot)
                return lastSuccess is { } last && Now() - last < ProgressTime;
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <param name="isRetry">Whether it was sent before.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is sent, for the other methods.</returns>
    public async Task<DateTime> WaitAsync(bool isRetry, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool>? turn = null;
        lock (syncRoot)
        {
            var now = Now();
            if (rate is not null && !hasTurn && now - nextTurn > IdleTime)
                RemoveLimit();
            if (rate is null)
                return now;
            if (hasTurn)
            {
                turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                (isRetry ? retries : firstRequests).AddLast(turn);
            }

            hasTurn = true;
        }

        if (turn is not null)
        {
            using (cancellationToken.Register(() => Leave(turn)))
                await turn.Task.ConfigureAwait(false);
        }

        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TimeSpan wait;
                lock (syncRoot)
                {
                    var now = Now();
                    wait = rate is null ? TimeSpan.Zero : nextTurn - now;
                    if (wait <= TimeSpan.Zero)
                    {
                        nextTurn = now + TimeSpan.FromSeconds(1 / (rate ?? MaxRate));
                        return now;
                    }
                }

                await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            PassTurn();
        }
    }

    /// <summary>Takes note of a response that is not about throttling.</summary>
    /// <param name="sentAt">When its request was sent.</param>
    public void Succeeded(DateTime sentAt)
    {
        lock (syncRoot)
        {
            var now = Now();
            successes.Enqueue(now);
            lastSuccess = now;
            pause = FirstPause;
            Forget(now);
            if (rate is not { } current || sentAt <= loweredAt)
                return;
            var near = NearThrottledRate * throttledRate;
            var seconds = (now - loweredAt).TotalSeconds;
            rate = double.IsPositiveInfinity(throttledRate) ? Math.Max(current, Math.Min(1.5 * current, 3 * SuccessRate))
                : current < near ? Math.Min(1.12 * current, near)
                : current * (1 + Math.Min(0.12, 0.0015 * (1 + (seconds * seconds / 64))));
            if (rate > MaxRate)
                RemoveLimit();
        }
    }

    /// <summary>Takes note of a throttled response.</summary>
    /// <param name="sentAt">When its request was sent.</param>
    public void Throttled(DateTime sentAt)
    {
        lock (syncRoot)
        {
            var now = Now();
            Forget(now);
            if (rate is not { } current)
            {
                var lastSecond = 0;
                foreach (var success in successes)
                    lastSecond += now - success < TimeSpan.FromSeconds(1) ? 1 : 0;
                rate = Math.Max(0.8 * lastSecond, FirstRate);
                limitedSince = now;
            }
            else if (sentAt > loweredAt)
            {
                throttledRate = current;
                var succeeding = now - limitedSince >= Window ? 0.95 * SuccessRate : current;
                rate = Math.Max(Math.Min(0.8 * current, Math.Max(succeeding, 0.75 * current)), MinRate);
            }
            else
            {
                return;
            }

            loweredAt = now;

            // Random, so that several computers do not continue at the same time.
            var turn = TimeSpan.FromSeconds(1 / rate.Value);
            var until = now + TimeSpan.FromSeconds((pause == FirstPause && turn < pause ? turn : pause).TotalSeconds * (0.9 + (0.2 * random.NextDouble())));
            nextTurn = until > nextTurn ? until : nextTurn;
            pause = TimeSpan.FromSeconds(Math.Min(3 * pause.TotalSeconds, MaxPause.TotalSeconds));
        }
    }

    // The clock of the computer may be set back. All times here are compared with each other only, so they never become less than the latest one.
    private DateTime Now()
    {
        var now = clock.UtcNow + setBack;
        if (now < latest)
        {
            setBack += latest - now;
            now = latest;
        }

        return latest = now;
    }

    // Requests per second.
    private double SuccessRate => successes.Count / Window.TotalSeconds;

    private void RemoveLimit()
    {
        rate = null;
        throttledRate = double.PositiveInfinity;
    }

    private void Forget(DateTime now)
    {
        while (successes.Count > 0 && now - successes.Peek() > Window)
            successes.Dequeue();
    }

    private void Leave(TaskCompletionSource<bool> turn)
    {
        lock (syncRoot)
        {
            _ = retries.Remove(turn) || firstRequests.Remove(turn);
        }

        // The turn was already passed to it if this fails. Then it passes it on.
        turn.TrySetCanceled();
    }

    // Retries come before first requests.
    private void PassTurn()
    {
        lock (syncRoot)
        {
            while ((retries.First ?? firstRequests.First) is { } next)
            {
                next.List!.Remove(next);
                if (next.Value.TrySetResult(true))
                    return;
            }

            hasTurn = false;
        }
    }
}
