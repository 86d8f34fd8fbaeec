using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Sending;
using AppRunner.Model.Waiting;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>Waits in the background: one waiter for all operations, a progress bar for each wait, and the log of a failed operation.</summary>
/// <param name="cmdlet">The cmdlet that waits.</param>
/// <param name="work">Runs the waits.</param>
/// <param name="interrupted">Collects the operations that continue after Ctrl+C.</param>
/// <param name="session">Has the local endpoint, and keeps operations for completion.</param>
/// <param name="timeout">The maximum time to wait.</param>
/// <param name="pollInterval">The time between two polls; zero for the default.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class OperationWaits(
    PSCmdlet cmdlet, BackgroundWork work, InterruptedWorkNotice interrupted, SessionContext session, TimeSpan timeout, TimeSpan pollInterval, CancellationToken stopped) : IDisposable
{
    // A local operation takes seconds; local polls are neither throttled nor billed.
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(200);

    // For the log of a failed operation.
    private const int MaxLogLines = 10;
    private static readonly TimeSpan LogTimeout = TimeSpan.FromSeconds(10);

    private readonly WaitProgressBars bars = new(cmdlet);
    private readonly DeploymentLogProgress log = new(cmdlet, work, pollInterval, stopped);
    private readonly BackgroundWork.Count waiting = new();
    private OperationWaiter? waiter;

    /// <summary>Waits for an operation and writes the service when it has ended.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="unconfirmed">Set if another request may have started the operation.</param>
    /// <param name="target">The TargetObject of an error.</param>
    /// <param name="finish">Called in the background after an operation that succeeded, before the service is written; may be null.</param>
    public void Start(ResolvedResource service, AwaitedOperation operation, UnconfirmedUpdate? unconfirmed, object? target, Func<EndedOperation, Task>? finish = null)
    {
        var deadline = Poll.Deadline(SystemClock.Instance.UtcNow, timeout);

        // Called from several threads when requests are sent concurrently. One shared waiter combines their polls.
        var shared = LazyInitializer.EnsureInitialized(ref waiter, () => new OperationWaiter(SystemClock.Instance, OptionsFor(service.Connection), bars.Update))!;
        Start(
            $"Stopped waiting; the operation on {service.Caption} continues. To wait again: Wait-AROperation -Service '{service.Arn}'{interrupted.ProfileParameter}{(string.IsNullOrEmpty(operation.OperationId) ? string.Empty : " -OperationId " + operation.OperationId)}",
            service,
            async () =>
            {
                AppRunnerException? notOurs = null;
                try
                {
                    var ended = await log.DuringAsync(bars, service, operation.OperationId, session.IsLocal(service.Connection), () => shared.WaitAsync(service.Connection, operation, stopped)).ConfigureAwait(false);
                    notOurs = unconfirmed?.ErrorAfter(OperationStatus.Succeeded, ended.ReadFailure is null ? ended.Service : null, ended.ReadFailure);
                    if (notOurs is not null)
                        throw notOurs;
                    if (finish is not null)
                        await finish(ended).ConfigureAwait(false);
                    return ended;
                }
                catch (OperationFailedException failure) when (failure.Operation?.Id is { } failed)
                {
                    session.Seen.Remember(failure.Operation);
                    unconfirmed?.Annotate(failure);
                    throw failure.WithLog(await ReadLastLinesAsync(service, failed, deadline).ConfigureAwait(false));
                }
                catch (AppRunnerException failure) when (unconfirmed is not null && failure != notOurs)
                {
                    unconfirmed.Annotate(failure);
                    throw;
                }
            },
            Write,
            target);
    }

    /// <summary>Waits for an operation within other work, and writes nothing.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operation">The operation; without an id the one that is running.</param>
    /// <param name="remaining">The maximum time to wait.</param>
    /// <returns>The service after the operation.</returns>
    /// <exception cref="AppRunnerException">The operation failed, or the wait did.</exception>
    public async Task<EndedOperation> WaitAsync(ResolvedResource service, AwaitedOperation operation, TimeSpan remaining)
    {
        bars.Add();
        var options = OptionsFor(service.Connection);
        options.Timeout = remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        using var own = new OperationWaiter(SystemClock.Instance, options, bars.Update);
        EndedOperation ended;
        using (interrupted.Begin($"Stopped waiting; the operation on {service.Caption} continues. To wait again: Wait-AROperation -Service '{service.Arn}'{interrupted.ProfileParameter}"))
            ended = await own.WaitAsync(service.Connection, operation, stopped).ConfigureAwait(false);
        session.Seen.RememberSuccess(ended.Service);
        return ended;
    }

    /// <summary>Waits until a resource has the wanted status, and writes it.</summary>
    /// <typeparam name="T">The resource.</typeparam>
    /// <param name="connection">The connection to its region.</param>
    /// <param name="wait">The resource and the wanted status.</param>
    /// <param name="write">Writes the resource; called with null if the wait was for its deletion.</param>
    /// <param name="target">The TargetObject of an error.</param>
    public void Start<T>(IAppRunnerConnection connection, StateWait<T> wait, Action<T?> write, object? target)
        where T : class => Start(
            $"Stopped waiting; {wait.Activity} continues. {wait.RecommendedAction}",
            null,
            () => new StateWaiter(SystemClock.Instance, OptionsFor(connection), bars.Update).WaitAsync(wait, stopped),
            write,
            target);

    /// <summary>Updates the progress bars. Call it on the pipeline thread.</summary>
    public void ShowProgress() => bars.Show();

    /// <summary>Waits on the pipeline thread until all waits have ended.</summary>
    public void Finish()
    {
        work.Finish(waiting);
        bars.Close();
    }

    /// <summary>Stops the polls, also if the command is cancelled.</summary>
    public void Dispose() => waiter?.Dispose();

    private void Write(EndedOperation ended)
    {
        var service = ended.Service;
        session.Seen.Remember(service);
        session.Seen.RememberSuccess(service);

        // The object first: with -Debug the engine asks at a warning, and ends the command if no user can respond.
        cmdlet.WriteObject(service);
        if (ended.ReadFailure is { } failure)
            cmdlet.WriteWarning($"The operation {service.OperationId} on service \"{service.ServiceName}\" succeeded, but the service could not be read afterwards, so the output has only what is known without reading it: {failure.Message}");
    }

    private void Start<T>(string whenStopped, ResolvedResource? awaited, Func<Task<T>> wait, Action<T> write, object? target)
    {
        bars.Add();
        work.Start(
            target,
            async () =>
            {
                T ended;
                using (interrupted.Begin(whenStopped, awaited))
                    ended = await wait().ConfigureAwait(false);
                await work.PostAsync(() => write(ended)).ConfigureAwait(false);
            },
            waiting);
    }

    // Reading the log may take a few seconds, but not longer than the wait. If it fails, the error of the operation is still reported, without the log.
    private async Task<IReadOnlyList<string>> ReadLastLinesAsync(ResolvedResource service, string operationId, DateTime deadline)
    {
        var remaining = deadline - SystemClock.Instance.UtcNow;
        var lines = new List<string>();
        try
        {
            var query = new ServiceLogQuery(service.Arn, ServiceLogKind.Deployment) { OperationId = operationId, Tail = MaxLogLines };
            var reader = new ServiceLogReader(service.Connection, query, SystemClock.Instance);
            await Poll.RunAsync(
                remaining < LogTimeout ? remaining : LogTimeout,
                "the log",
                token => reader.ReadAsync(
                    line =>
                    {
                        lines.Add((line.Message ?? string.Empty).TrimEnd());
                        return Task.CompletedTask;
                    },
                    token),
                stopped).ConfigureAwait(false);
        }
        catch (AppRunnerException exception)
        {
            await work.PostAsync(() => RequestDisplay.Verbose(cmdlet, $"The log of operation {operationId} on {service.Caption} could not be read: {exception.Message}")).ConfigureAwait(false);
        }

        return lines;
    }

    private WaitOptions OptionsFor(IAppRunnerConnection connection) => new()
    {
        Timeout = timeout,
        ProfileParameter = interrupted.ProfileParameter,
        PollInterval = pollInterval > TimeSpan.Zero ? pollInterval : session.IsLocal(connection) ? LocalInterval : null,
    };
}
