using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>Shows the log of an operation while a cmdlet waits for it: the newest line in its progress bar, all lines with -Verbose.</summary>
internal sealed class DeploymentLogProgress
{
    // However many operations a cmdlet waits for, it sends one request to CloudWatch Logs per second at most.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RequestInterval = TimeSpan.FromSeconds(1);

    // For the lines that were written since the last poll.
    private static readonly TimeSpan LastReadTimeout = TimeSpan.FromSeconds(10);

    private readonly PSCmdlet cmdlet;
    private readonly BackgroundWork work;
    private readonly TimeSpan pollInterval;
    private readonly CancellationToken stopped;
    private readonly bool isVerbose;
    private readonly bool isShown;
    private int count;

    /// <summary>Creates the object. Call it on the pipeline thread.</summary>
    /// <param name="cmdlet">The cmdlet that waits.</param>
    /// <param name="work">Its background work.</param>
    /// <param name="pollInterval">The time between two polls of an operation; zero for the default.</param>
    /// <param name="stopped">Cancelled by Ctrl+C.</param>
    public DeploymentLogProgress(PSCmdlet cmdlet, BackgroundWork work, TimeSpan pollInterval, CancellationToken stopped)
    {
        this.cmdlet = cmdlet;
        this.work = work;
        this.pollInterval = pollInterval;
        this.stopped = stopped;
        isVerbose = RequestDisplay.IsEnabled(cmdlet, "Verbose");
        isShown = isVerbose || cmdlet.GetVariableValue("ProgressPreference") is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>Shows the log until the wait has ended.</summary>
    /// <typeparam name="T">The result of the wait.</typeparam>
    /// <param name="bars">The progress bars of the cmdlet.</param>
    /// <param name="service">The service.</param>
    /// <param name="operationId">The operation; null or empty if the wait finds it.</param>
    /// <param name="isLocal">Whether the service is in a local endpoint.</param>
    /// <param name="wait">The wait.</param>
    /// <returns>The result of the wait.</returns>
    public async Task<T> DuringAsync<T>(WaitProgressBars bars, ResolvedResource service, string? operationId, bool isLocal, Func<Task<T>> wait)
    {
        if (!isShown)
            return await wait().ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        Interlocked.Increment(ref count);
        var following = FollowAsync(bars, service, operationId, isLocal, ended.Token);
        var isOver = false;
        try
        {
            var result = await wait().ConfigureAwait(false);
            isOver = true;
            return result;
        }
        catch (OperationFailedException)
        {
            isOver = true;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref count);
            ended.Cancel();
            var tail = await following.ConfigureAwait(false) ?? Tail(bars, service, operationId);
            if (isOver && isVerbose && tail is not null && !stopped.IsCancellationRequested)
                await ReadRestAsync(tail).ConfigureAwait(false);
        }
    }

    private OperationLogTail? Tail(WaitProgressBars bars, ResolvedResource service, string? operationId)
    {
        if ((string.IsNullOrEmpty(operationId) ? bars.OperationIdOf(service.Arn) : operationId) is not { } known)
            return null;
        return new OperationLogTail(service.Connection, service.Arn, known, SystemClock.Instance, OnLineAsync);

        Task OnLineAsync(string line)
        {
            bars.Update(known, line);
            return isVerbose ? work.PostAsync(() => cmdlet.WriteVerbose($"{service.Name}: {line}")) : Task.CompletedTask;
        }
    }

    private async Task<OperationLogTail?> FollowAsync(WaitProgressBars bars, ResolvedResource service, string? operationId, bool isLocal, CancellationToken cancellationToken)
    {
        // One poll of the log for two of the operation.
        var given = TimeSpan.FromTicks((long)Math.Min(2d * pollInterval.Ticks, Interval.Ticks));
        var interval = pollInterval <= TimeSpan.Zero ? (isLocal ? ShortestInterval : Interval) : given > ShortestInterval ? given : ShortestInterval;
        OperationLogTail? tail = null;
        try
        {
            while ((tail = Tail(bars, service, operationId)) is null)
                await SystemClock.Instance.Delay(interval, cancellationToken).ConfigureAwait(false);
            await tail.RunAsync(() => TimeSpan.FromTicks(Math.Max(interval.Ticks, isLocal ? 0 : RequestInterval.Ticks * (Volatile.Read(ref count) - 1))), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The wait has ended.
        }

        return tail;
    }

    private async Task ReadRestAsync(OperationLogTail tail)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        limit.CancelAfter(LastReadTimeout);
        try
        {
            await tail.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The result of the operation is known, and the log is not needed for it.
        }
    }
}
