using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Waiting;

/// <summary>
/// Waits for operations by id, many at once. The service's status does not show the result: after a rolled-back update it is RUNNING.
/// A service is polled once per interval, however many waits there are for it.
/// </summary>
/// <remarks>
///  1. WaitAsync adds a wait to the service's watch. The first wait of a service starts the watch, a loop in the background.
///  2. The loop sleeps until the next poll is due. The first poll runs at once for a few services and is spread over the interval for many.
///  3. One poll lists the service's operations, newest first, until every wait of the watch has found its operation (at most 5 pages).
///       found, has ended        the wait ends with the operation
///       found, is running       progress is reported if its status has changed
///       no id was given         the wait takes the newest running operation; if none is running, it ends with the newest one, unless the
///                               service is OPERATION_IN_PROGRESS: the next poll may then list the operation
///       not found               after <see cref="Poll.MaxMissingPolls"/> polls the wait fails: there is no such operation
///       no such service         waits for DELETE_SERVICE end; the others fail
///     Transient failures are ignored until <see cref="Poll.MaxTransientFailures"/> in a row; that one and any other failure ends every wait of the watch.
///  4. Waits whose deadline has passed fail with a time-out. A watch without waits ends; otherwise back to 2.
///  5. WaitAsync reads the service, within the time-out. What is known then:
///       ended as                service            result
///       SUCCEEDED               read               the service
///       SUCCEEDED               not found, after DELETE_SERVICE      the service as DELETED
///       SUCCEEDED               not read           what is known of it, and why it could not be read
///       FAILED, ROLLBACK_*      read or not        <see cref="OperationFailedException"/>; the message says why it could not be read
///       no operation            not read           the failure
/// </remarks>
/// <param name="clock">The clock.</param>
/// <param name="options">Time-out and interval.</param>
/// <param name="progress">Called when the status changes, possibly from several threads; may be null.</param>
internal sealed class OperationWaiter(IClock clock, WaitOptions options, Action<WaitProgress>? progress = null) : IDisposable
{
    private const int MaxPages = 5;
    private static readonly TimeSpan PollSpacing = TimeSpan.FromMilliseconds(20);

    // Limits the number of concurrent polls, however many services are waited for.
    private readonly SemaphoreSlim concurrentPolls = new(32);
    private readonly Dictionary<string, Watch> watches = new(StringComparer.Ordinal);
    private readonly Random random = new();

    /// <summary>Waits until an operation has ended.</summary>
    /// <param name="client">The client for the service's region.</param>
    /// <param name="awaited">The operation.</param>
    /// <param name="cancellationToken">Stops waiting; the operation continues.</param>
    /// <returns>The service after the operation, with OperationId; Status DELETED if it no longer exists.</returns>
    /// <exception cref="OperationFailedException">The operation ended as FAILED, ROLLBACK_SUCCEEDED or ROLLBACK_FAILED.</exception>
    /// <exception cref="WaitTimeoutException">The wait timed out; the operation continues.</exception>
    /// <exception cref="ResourceNotFoundException">The service has no such operation, or there is no such service.</exception>
    /// <exception cref="AppRunnerException">Polling failed with an error that is not transient.</exception>
    public async Task<EndedOperation> WaitAsync(IAppRunnerClient client, AwaitedOperation awaited, CancellationToken cancellationToken)
    {
        var wait = new Wait(awaited, clock.UtcNow, options.Timeout);
        Report(wait, hasEnded: false);
        try
        {
            AddWait(client, wait);
            using (cancellationToken.Register(() => RemoveWait(wait, cancellationToken)))
            {
                var operation = await wait.Ended.Task.ConfigureAwait(false);
                var (service, failure) = await ReadAsync(client, wait, operation, cancellationToken).ConfigureAwait(false);
                if (operation is not null && operation.Status != OperationStatus.Succeeded)
                    throw new OperationFailedException(Message(wait, operation, service, failure), operation, service);
                return new EndedOperation(service ?? KnownService(wait, operation), failure);
            }
        }
        finally
        {
            Report(wait, hasEnded: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => concurrentPolls.Dispose();

    private static string Message(Wait wait, Operation operation, Service? service, AppRunnerException? failure)
    {
        var ended = operation.Status == OperationStatus.RollbackSucceeded
            ? "failed and was rolled back: the service has its old configuration"
            : "ended with status " + operation.Status;
        var state = service is null ? $"Its status is not known, because it could not be read: {failure?.Message}" : $"The service is {service.Status}.";
        return $"{operation.Type} of service \"{wait.Name}\" {ended}. {state} Operation {operation.Id}.";
    }

    private void AddWait(IAppRunnerClient client, Wait wait)
    {
        lock (watches)
        {
            if (watches.TryGetValue(wait.ServiceArn, out var watch))
            {
                watch.Waits.Add(wait);
                return;
            }

            watch = new Watch(client, wait.ServiceArn);
            watch.Waits.Add(wait);
            watches.Add(wait.ServiceArn, watch);

            // A random start within the interval spreads the polls of many services; later polls keep their offset.
            var latest = Math.Min(options.IntervalAfter(TimeSpan.Zero).Ticks, PollSpacing.Ticks * (watches.Count - 1L));
            var delay = TimeSpan.FromTicks((long)(random.NextDouble() * latest));
            var stopped = watch.Stop.Token;
            _ = Task.Run(() => WatchAsync(watch, delay, stopped));
        }
    }

    // The watch is shared: only its last wait stops it.
    private void RemoveWait(Wait wait, CancellationToken cancellationToken)
    {
        wait.Ended.TrySetCanceled(cancellationToken);
        Watch? idle = null;
        lock (watches)
        {
            if (watches.TryGetValue(wait.ServiceArn, out var watch) && watch.Waits.Remove(wait) && watch.Waits.Count == 0)
            {
                watches.Remove(watch.ServiceArn);
                idle = watch;
            }
        }

        idle?.Stop.Cancel();
        idle?.Stop.Dispose();
    }

    // The code that removes a watch disposes it. Another watch for the same service may have started in the meantime.
    private void RemoveWatch(Watch watch)
    {
        if (!watches.TryGetValue(watch.ServiceArn, out var known) || !ReferenceEquals(known, watch))
            return;
        watches.Remove(watch.ServiceArn);
        watch.Stop.Dispose();
    }

    private async Task WatchAsync(Watch watch, TimeSpan firstDelay, CancellationToken cancellationToken)
    {
        var startedAt = clock.UtcNow;
        var due = startedAt + firstDelay;
        var failures = 0;
        try
        {
            while (true)
            {
                await clock.Delay(due - clock.UtcNow, cancellationToken).ConfigureAwait(false);
                AppRunnerException? failure = null;
                try
                {
                    await PollBeforeDeadlineAsync(watch, cancellationToken).ConfigureAwait(false);
                    failures = 0;
                }
                catch (AppRunnerException transient) when (transient.IsTransient && ++failures < Poll.MaxTransientFailures)
                {
                    failure = transient;
                }

                var next = due + options.IntervalAfter(clock.UtcNow - startedAt);
                due = next > clock.UtcNow ? next : clock.UtcNow;
                if (!EndTimedOutWaits(watch, failure, ref due))
                    return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            lock (watches)
            {
                RemoveWatch(watch);
                if (exception is AppRunnerException failed and not ResourceNotFoundException && watch.Waits.Count > 0)
                    failed.Note = "The wait has ended, but the operation continues. To wait again: " + string.Join("; ", watch.Waits.Select(WaitCommand).Distinct());
                watch.Waits.ForEach(wait => wait.Ended.TrySetException(exception));
            }
        }
    }

    // Ends the waits whose deadline has passed; true while there are others.
    private bool EndTimedOutWaits(Watch watch, AppRunnerException? failure, ref DateTime due)
    {
        lock (watches)
        {
            foreach (var wait in watch.Waits.Where(w => !w.Ended.Task.IsCompleted && clock.UtcNow >= w.Deadline))
                wait.Ended.TrySetException(TimedOut(wait, failure));
            watch.Waits.RemoveAll(w => w.Ended.Task.IsCompleted);
            if (watch.Waits.Count == 0)
            {
                RemoveWatch(watch);
                return false;
            }

            var deadline = watch.Waits.Min(w => w.Deadline);
            due = deadline < due ? deadline : due;
            return true;
        }
    }

    private Task PollBeforeDeadlineAsync(Watch watch, CancellationToken cancellationToken)
    {
        TimeSpan remaining;
        lock (watches)
            remaining = watch.Waits.Min(wait => wait.Deadline) - clock.UtcNow;
        return Poll.RunAsync(remaining, watch.ServiceArn, token => PollAsync(watch, token), cancellationToken);
    }

    private async Task PollAsync(Watch watch, CancellationToken cancellationToken)
    {
        Wait[] waits;
        lock (watches)
            waits = watch.Waits.Where(wait => !wait.Ended.Task.IsCompleted).ToArray();
        var missing = new HashSet<Wait>(waits);
        Operation? newest = null;
        var pages = 0;
        await concurrentPolls.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Pages.ReadAsync(
                watch.Client,
                new ListOperationsRequest { ServiceArn = watch.ServiceArn, MaxResults = ListOperationsRequest.PageLimit },
                page =>
                {
                    foreach (var operation in page.OperationSummaryList ?? [])
                    {
                        newest ??= operation;
                        missing.RemoveWhere(wait => wait.OperationId == operation.Id && UpdateStatus(wait, operation));
                    }

                    // The operation is among the newest ones. The page limit keeps a wrong id from reading the whole history at every poll.
                    return Task.FromResult(missing.Any(wait => wait.OperationId is not null) && ++pages < MaxPages);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ResourceNotFoundException gone) when (waits.Any(wait => wait.IsDeletion))
        {
            // A deleted service and its operations are listed for a limited time only.
            foreach (var wait in waits)
            {
                if (wait.IsDeletion)
                    wait.Ended.TrySetResult(null);
                else
                    wait.Ended.TrySetException(gone);
            }

            return;
        }
        finally
        {
            concurrentPolls.Release();
        }

        foreach (var wait in missing)
            await HandleUnlistedAsync(watch, wait, newest, cancellationToken).ConfigureAwait(false);
    }

    private async Task HandleUnlistedAsync(Watch watch, Wait wait, Operation? newest, CancellationToken cancellationToken)
    {
        wait.Polls++;
        if (wait.OperationId is null)
        {
            if (newest is { HasEnded: false })
            {
                wait.OperationId = newest.Id;
                UpdateStatus(wait, newest);
                return;
            }

            // The newest operation has ended, or none is listed. That is the result, unless a new operation is not listed yet.
            var service = await watch.Client.DescribeAsync(watch.ServiceArn, cancellationToken).ConfigureAwait(false);
            if (service.Status != ServiceStatus.OperationInProgress || wait.Polls >= Poll.MaxMissingPolls)
            {
                wait.OperationId = newest?.Id;
                wait.Ended.TrySetResult(newest);
            }

            return;
        }

        if (wait.Polls >= Poll.MaxMissingPolls && wait.Type is null)
        {
            wait.Ended.TrySetException(new ResourceNotFoundException($"Service {watch.ServiceArn} has no operation {wait.OperationId}.")
            {
                RecommendedAction = "List the service's operations with Get-AROperation.",
            });
        }
    }

    private bool UpdateStatus(Wait wait, Operation operation)
    {
        if (operation.Status != wait.Status || wait.Type is null)
        {
            wait.Status = operation.Status;
            wait.Type = operation.Type;
            Report(wait, hasEnded: false);
        }

        if (operation.HasEnded)
            wait.Ended.TrySetResult(operation);
        return true;
    }

    // The operation's result is known: a failure to read the service must not replace it.
    private async Task<(Service? Service, AppRunnerException? Failure)> ReadAsync(IAppRunnerClient client, Wait wait, Operation? operation, CancellationToken cancellationToken)
    {
        try
        {
            Service? service = null;
            await Poll.RunAsync(
                wait.Deadline - clock.UtcNow,
                wait.ServiceArn,
                async token => service = await client.DescribeAsync(wait.ServiceArn, token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            return (service!.WithOperationId(wait.OperationId), null);
        }
        catch (ResourceNotFoundException) when (wait.IsDeletion)
        {
            // A deleted service can be described for a limited time only.
            return (null, null);
        }
        catch (AppRunnerException failure) when (operation is not null || wait.IsDeletion)
        {
            return (null, failure);
        }
    }

    // The service after an operation that succeeded, without reading it.
    private static Service KnownService(Wait wait, Operation? operation)
    {
        var service = wait.IsDeletion ? Service.FromArn(wait.ServiceArn, null) : wait.Known ?? Service.FromArn(wait.ServiceArn, null);
        service.Status = (operation?.Type ?? wait.ExpectedType) switch
        {
            OperationType.DeleteService => ServiceStatus.Deleted,
            OperationType.PauseService => ServiceStatus.Paused,
            OperationType.CreateService or OperationType.ResumeService or OperationType.StartDeployment => ServiceStatus.Running,
            _ => null, // UPDATE_SERVICE leaves a paused service paused.
        };
        if (wait.IsDeletion)
            service.DeletedAt = operation?.EndedAt;
        return service.WithOperationId(wait.OperationId);
    }

    private WaitTimeoutException TimedOut(Wait wait, Exception? failure)
    {
        var state = wait.Type is null
            ? $"The operation on service \"{wait.Name}\" is still not listed"
            : $"{wait.Type} on service \"{wait.Name}\" is still {wait.Status}";
        return new WaitTimeoutException(
            $"{state} after {options.Timeout.TotalSeconds:0.#} s. The wait timed out; the operation continues.", failure)
        {
            RecommendedAction = "Wait again: " + WaitCommand(wait),
            ServiceArn = wait.ServiceArn,
            OperationId = wait.OperationId,
        };
    }

    private string WaitCommand(Wait wait) => $"Wait-AROperation -Service '{wait.ServiceArn}'{options.ProfileParameter}" + (wait.OperationId is null ? string.Empty : " -OperationId " + wait.OperationId);

    private void Report(Wait wait, bool hasEnded) =>
        progress?.Invoke(new WaitProgress(wait.ServiceArn, wait.OperationId, wait.Type, wait.Status, wait.StartedAt, hasEnded));

    private sealed class Watch(IAppRunnerClient client, string serviceArn)
    {
        public IAppRunnerClient Client { get; } = client;

        public string ServiceArn { get; } = serviceArn;

        public List<Wait> Waits { get; } = [];

        public CancellationTokenSource Stop { get; } = new();
    }

    private sealed class Wait(AwaitedOperation awaited, DateTime startedAt, TimeSpan timeout)
    {
        public string ServiceArn => awaited.ServiceArn;

        public string? ExpectedType => awaited.Type;

        public Service? Known => awaited.Service;

        public string Name { get; } = Arn.TryParse(awaited.ServiceArn, out var arn) ? arn.Name : awaited.ServiceArn;

        public string? OperationId { get; set; } = string.IsNullOrEmpty(awaited.OperationId) ? null : awaited.OperationId;

        public DateTime StartedAt { get; } = startedAt;

        public DateTime Deadline { get; } = Poll.Deadline(startedAt, timeout);

        // Null while the operation is not listed.
        public string? Type { get; set; }

        public string? Status { get; set; }

        public int Polls { get; set; }

        public bool IsDeletion => (Type ?? ExpectedType) == OperationType.DeleteService;

        public TaskCompletionSource<Operation?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>An operation to wait for.</summary>
/// <param name="ServiceArn">The service.</param>
/// <param name="OperationId">The operation's id; null or empty means the newest operation.</param>
/// <param name="Type">The operation's type; null if it is not known. After DELETE_SERVICE the service need not exist.</param>
/// <param name="Service">The service in the response that started the operation; null if there was none.</param>
internal sealed record AwaitedOperation(string ServiceArn, string? OperationId, string? Type = null, Service? Service = null);

/// <summary>What is known after an operation that succeeded.</summary>
/// <param name="Service">The service, with OperationId.</param>
/// <param name="ReadFailure">Why the service could not be read; null if it was read, or is deleted. The service then has what is known without reading it.</param>
internal sealed record EndedOperation(Service Service, AppRunnerException? ReadFailure);
