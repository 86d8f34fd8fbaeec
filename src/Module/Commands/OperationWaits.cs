using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Waiting;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Commands;

/// <summary>Waits beside the pipeline: one waiter for all operations, a progress bar for each wait, and the log of what failed.</summary>
/// <param name="cmdlet">The cmdlet that waits.</param>
/// <param name="work">Runs the waits.</param>
/// <param name="interrupted">Told of what goes on after Ctrl+C.</param>
/// <param name="session">Knows which connection is local.</param>
/// <param name="timeout">How long to wait at most.</param>
/// <param name="pollInterval">The time between two polls; zero for the default.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class OperationWaits(
    PSCmdlet cmdlet, BackgroundWork work, InterruptedWorkNotice interrupted, SessionContext session, TimeSpan timeout, TimeSpan pollInterval, CancellationToken stopped) : IDisposable
{
    // A local operation takes seconds; polls are neither throttled nor billed.
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(200);

    // Of the log of an operation that failed.
    private const int MaxLogLines = 10;
    private static readonly TimeSpan LogTimeout = TimeSpan.FromSeconds(10);

    private readonly WaitProgressBars bars = new(cmdlet);
    private readonly BackgroundWork.Count waiting = new();
    private OperationWaiter? waiter;

    /// <summary>Waits for an operation and writes the service when it has ended.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operationId">The operation; null for the newest.</param>
    /// <param name="target">The TargetObject of an error.</param>
    public void Start(ResolvedResource service, string? operationId, object? target)
    {
        // Requests that are sent at once come here from several threads; two waiters would know nothing of each other's polls.
        var shared = LazyInitializer.EnsureInitialized(ref waiter, () => new OperationWaiter(SystemClock.Instance, OptionsFor(service.Connection), bars.Note))!;
        Start(
            $"Stopped waiting; the operation on {service.Caption} goes on. Wait again: Wait-AROperation -Service '{service.Arn}'{(operationId is null ? string.Empty : " -OperationId " + operationId)}",
            async () =>
            {
                try
                {
                    return await shared.WaitAsync(service.Connection, service.Arn, operationId, stopped).ConfigureAwait(false);
                }
                catch (OperationFailedException failure) when (failure.Operation?.Id is { } failed)
                {
                    throw failure.WithLog(await ReadLastLinesAsync(service, failed).ConfigureAwait(false));
                }
            },
            Write,
            target);
    }

    /// <summary>Waits until a resource is in a state, and writes what has become of it.</summary>
    /// <typeparam name="T">The resource.</typeparam>
    /// <param name="connection">Where it lives.</param>
    /// <param name="wait">The resource and the state.</param>
    /// <param name="write">Writes it; gets null where it is gone and that was waited for.</param>
    /// <param name="target">The TargetObject of an error.</param>
    public void Start<T>(IAppRunnerConnection connection, StateWait<T> wait, Action<T?> write, object? target)
        where T : class => Start(
            $"Stopped waiting; {wait.Activity} goes on. {wait.RecommendedAction}",
            () => new StateWaiter(SystemClock.Instance, OptionsFor(connection), bars.Note).WaitAsync(wait, stopped),
            write,
            target);

    /// <summary>Shows how far the waits have come. On the pipeline's thread.</summary>
    public void ShowProgress() => bars.Show();

    /// <summary>Waits on the pipeline's thread until all waits have ended.</summary>
    public void Finish()
    {
        work.Finish(waiting);
        bars.Close();
    }

    /// <summary>Ends the polls, however the command ended.</summary>
    public void Dispose() => waiter?.Dispose();

    private void Write(Service service)
    {
        session.Remember(service);
        cmdlet.WriteObject(service);
    }

    private void Start<T>(string whenStopped, Func<Task<T>> wait, Action<T> write, object? target)
    {
        bars.Add();
        work.Start(
            target,
            async () =>
            {
                T ended;
                using (interrupted.Begin(whenStopped))
                    ended = await wait().ConfigureAwait(false);
                await work.PostAsync(() => write(ended)).ConfigureAwait(false);
            },
            waiting);
    }

    // What the log says is worth a few seconds; that it says nothing is no reason to say less about the failure.
    private async Task<IReadOnlyList<string>> ReadLastLinesAsync(ResolvedResource service, string operationId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        limit.CancelAfter(LogTimeout);
        var lines = new List<string>();
        try
        {
            var query = new ServiceLogQuery(service.Arn, ServiceLogKind.Deployment) { OperationId = operationId, Tail = MaxLogLines };
            await new ServiceLogReader(service.Connection, query, SystemClock.Instance).ReadAsync(
                line =>
                {
                    lines.Add((line.Message ?? string.Empty).TrimEnd());
                    return Task.CompletedTask;
                },
                limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AppRunnerException || (exception is OperationCanceledException && !stopped.IsCancellationRequested))
        {
            await work.PostAsync(() => cmdlet.WriteVerbose($"The log of operation {operationId} on {service.Caption} could not be read: {exception.Message}")).ConfigureAwait(false);
        }

        return lines;
    }

    private WaitOptions OptionsFor(IAppRunnerConnection connection) => new()
    {
        Timeout = timeout,
        PollInterval = pollInterval > TimeSpan.Zero ? pollInterval : session.IsLocal(connection) ? LocalInterval : null,
    };
}
