using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Common;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Waiting;
using AppRunner.Resources;

namespace AppRunner.Operations;

/// <summary>The base of cmdlets that can wait for operations: one waiter for all of them, a progress bar for each.</summary>
public abstract class WaitingCommand : RegionalCommand
{
    // More bars than this fill a screen and tell less than one sum.
    private const int MostBars = 8;

    // A local operation takes seconds; nobody is throttled or billed.
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(200);

    // Of the log of an operation that failed.
    private const int MostLogLines = 10;
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Arn, DateTime Begun), WaitProgress> waits = new();
    private readonly Dictionary<object, int> bars = [];
    private OperationWaiter? waiter;
    private int waiting;
    private int begun;
    private int lastBar;
    private bool summed;

    /// <summary>How long to wait at most: a number of seconds or a time span. Default: 60 minutes.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan Timeout { get; set; } = new WaitOptions().Timeout;

    /// <summary>The time between two looks at a service: a number of seconds or a time span. Default: 5 s in the first minute, 10 s later; 0.2 s with the local endpoint.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan PollInterval { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(PollInterval)) && PollInterval <= TimeSpan.Zero)
            throw new InvalidParameterException("PollInterval must be longer than zero.");
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        RunUntil(() => Volatile.Read(ref waiting) == 0);
        Tick();
        foreach (var bar in bars)
            CloseBar(bar.Value);
        bars.Clear();
    }

    /// <summary>Waits for an operation beside the pipeline and writes the service when it has ended.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operationId">The operation; null for the newest.</param>
    /// <param name="target">The TargetObject of an error.</param>
    private protected void StartWait(ResolvedResource service, string? operationId, object? target)
    {
        // Requests that are sent at once come here from several threads; two waiters would know nothing of each other's looks.
        var shared = LazyInitializer.EnsureInitialized(ref waiter, () => new OperationWaiter(SystemClock.Instance, OptionsFor(service.Connection), Note))!;
        StartWait(
            $"Stopped waiting; the operation on {service.Caption} goes on. Wait again: Wait-AROperation -Service '{service.Arn}'{(operationId is null ? string.Empty : " -OperationId " + operationId)}",
            async () =>
            {
                try
                {
                    return await shared.WaitAsync(service.Connection, service.Arn, operationId, Stopped).ConfigureAwait(false);
                }
                catch (OperationFailedException failure) when (failure.Operation?.Id is { } failed)
                {
                    throw failure.WithLog(await ReadLastLinesAsync(service, failed).ConfigureAwait(false));
                }
            },
            WriteResource,
            target);
    }

    /// <summary>Waits beside the pipeline until a resource is in a state, and writes what has become of it.</summary>
    /// <typeparam name="T">The resource.</typeparam>
    /// <param name="connection">Where it lives.</param>
    /// <param name="wait">The resource and the state.</param>
    /// <param name="write">Writes it; gets null where it is gone and that was waited for.</param>
    /// <param name="target">The TargetObject of an error.</param>
    private protected void StartWait<T>(IAppRunnerConnection connection, StateWait<T> wait, Action<T?> write, object? target)
        where T : class => StartWait(
            $"Stopped waiting; {wait.Activity} goes on. {wait.RecommendedAction}",
            () => new StateWaiter(SystemClock.Instance, OptionsFor(connection), Note).WaitAsync(wait, Stopped),
            write,
            target);

    // What the log says is worth a few seconds; that it says nothing is no reason to say less about the failure.
    private async Task<IReadOnlyList<string>> ReadLastLinesAsync(ResolvedResource service, string operationId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        limit.CancelAfter(LogPatience);
        var lines = new List<string>();
        try
        {
            var query = new ServiceLogQuery(service.Arn, ServiceLogKind.Deployment) { OperationId = operationId, Tail = MostLogLines };
            await new ServiceLogReader(service.Connection, query, SystemClock.Instance).ReadAsync(
                line =>
                {
                    lines.Add((line.Message ?? string.Empty).TrimEnd());
                    return Task.CompletedTask;
                },
                limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AppRunnerException || (exception is OperationCanceledException && !Stopped.IsCancellationRequested))
        {
            await PostAsync(() => WriteVerbose($"The log of operation {operationId} on {service.Caption} could not be read: {exception.Message}")).ConfigureAwait(false);
        }

        return lines;
    }

    private void StartWait<T>(string whenStopped, Func<Task<T>> wait, Action<T> write, object? target)
    {
        Interlocked.Increment(ref begun);
        Start(
            target,
            async () =>
            {
                var ended = await TrackedAsync(whenStopped, wait).ConfigureAwait(false);
                await PostAsync(() => write(ended)).ConfigureAwait(false);
            },
            ref waiting,
            () => Interlocked.Decrement(ref waiting));
    }

    /// <inheritdoc/>
    private protected override void Tick()
    {
        var open = waits.ToArray();
        if (summed || open.Count(wait => !wait.Value.HasEnded) > MostBars)
        {
            SumUp(open);
            return;
        }

        foreach (var wait in open)
        {
            if (!bars.TryGetValue(wait.Key, out var id))
                bars[wait.Key] = id = ++lastBar;
            if (wait.Value.HasEnded)
            {
                waits.TryRemove(wait.Key, out _);
                bars.Remove(wait.Key);
                CloseBar(id);
                continue;
            }

            var place = Arn.TryParse(wait.Value.ServiceArn, out var arn) ? $"{arn.Name} ({arn.Region})" : wait.Value.ServiceArn;
            WriteProgress(new ProgressRecord(id, $"{wait.Value.Type ?? "Waiting for"} {place}", $"{wait.Value.Status ?? "not listed yet"}, {Elapsed(wait.Value)}"));
        }
    }

    private static string Elapsed(WaitProgress wait) => (DateTime.UtcNow - wait.StartedAt).ToString(@"hh\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);

    private void SumUp(KeyValuePair<(string, DateTime), WaitProgress>[] open)
    {
        if (!summed)
        {
            foreach (var bar in bars)
                CloseBar(bar.Value);
            bars.Clear();
            bars[this] = ++lastBar;
            summed = true;
        }

        foreach (var ended in open.Where(wait => wait.Value.HasEnded))
            waits.TryRemove(ended.Key, out _);
        var still = open.Where(wait => !wait.Value.HasEnded).Select(wait => wait.Value).ToArray();
        if (still.Length == 0)
            return;
        WriteProgress(new ProgressRecord(bars[this], $"Waiting for {begun} operations", $"{begun - still.Length} ended, {still.Length} to go, {Elapsed(still.OrderBy(wait => wait.StartedAt).First())}")
        {
            PercentComplete = 100 * (begun - still.Length) / begun,
        });
    }

    private void CloseBar(int id) => WriteProgress(new ProgressRecord(id, "Done", "Done") { RecordType = ProgressRecordType.Completed });

    private void Note(WaitProgress progress) => waits[(progress.ServiceArn, progress.StartedAt)] = progress;

    private WaitOptions OptionsFor(IAppRunnerConnection connection) => new()
    {
        Timeout = Timeout,
        PollInterval = PollInterval > TimeSpan.Zero ? PollInterval : IsLocal(connection) ? LocalInterval : null,
    };
}
