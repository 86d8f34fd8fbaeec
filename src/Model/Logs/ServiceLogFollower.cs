using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Logs;

/// <summary>Follows several logs of one service together, until the service is deleted.</summary>
/// <remarks>
/// A round:
///  1. Once per <see cref="ExistenceInterval"/>, ask whether the service still exists.
///  2. Poll every log, and write the new lines in the order of their times. A transient failure of one log does not affect the others.
///  3. Wait for the interval; double it for each transient failure in a row, up to 30 s. Back to 1.
/// When the service is gone, two more rounds read the last lines, which arrive with a delay.
/// </remarks>
/// <param name="client">The client for the service's region.</param>
/// <param name="queries">The logs: of one service, and with the same Tail.</param>
/// <param name="clock">The clock.</param>
internal sealed class ServiceLogFollower(IAppRunnerClient client, IReadOnlyList<ServiceLogQuery> queries, IClock clock)
{
    /// <summary>The time between two calls that ask whether the service still exists.</summary>
    public static readonly TimeSpan ExistenceInterval = TimeSpan.FromSeconds(10);

    private const int LastRounds = 2;

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly ServiceLogReader[] readers = [.. queries.Select(query => new ServiceLogReader(client, query, clock))];
    private readonly Random random = new();

    /// <summary>Writes the existing lines and then new ones. No line is written twice.</summary>
    /// <param name="interval">The approximate time between two polls; longer while polls fail.</param>
    /// <param name="onLine">Called with each line; awaited before the next one.</param>
    /// <param name="warn">Called with a warning for each transient failure.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that ends when the service is gone, by cancellation, or with an error.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="AppRunnerException">Calls failed repeatedly.</exception>
    public async Task FollowAsync(TimeSpan interval, Func<ServiceLogRecord, Task> onLine, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        var askedAt = clock.UtcNow;
        int? rounds = null;
        await PollFirstAsync(onLine, warn, cancellationToken).ConfigureAwait(false);
        while (rounds != 0)
        {
            await clock.Delay(Pause(interval), cancellationToken).ConfigureAwait(false);
            if (rounds is null && clock.UtcNow - askedAt >= ExistenceInterval)
            {
                askedAt = clock.UtcNow;
                rounds = await IsGoneAsync(cancellationToken).ConfigureAwait(false) ? LastRounds : null;
            }

            try
            {
                await PollAsync(onLine, warn, cancellationToken).ConfigureAwait(false);
            }
            catch (ResourceNotFoundException)
            {
                // A log is missing, and so is the service.
                return;
            }

            rounds--;
        }
    }

    // With Tail, each log returns its newest lines: write the newest of all.
    private async Task PollFirstAsync(Func<ServiceLogRecord, Task> onLine, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        if (queries[0].Tail is not { } tail)
        {
            await PollAsync(onLine, warn, cancellationToken).ConfigureAwait(false);
            return;
        }

        var last = new Queue<ServiceLogRecord>();
        await PollAsync(
            line =>
            {
                last.Enqueue(line);
                if (last.Count > tail)
                    last.Dequeue();
                return Task.CompletedTask;
            },
            warn,
            cancellationToken).ConfigureAwait(false);
        foreach (var line in last)
            await onLine(line).ConfigureAwait(false);
    }

    private Task PollAsync(Func<ServiceLogRecord, Task> onLine, Func<string, Task> warn, CancellationToken cancellationToken) => LineMerge.RunAsync(
        [.. readers.Select(reader => (Func<Func<ServiceLogRecord, Task>, Task>)(onLineOfOne => reader.PollAsync(onLineOfOne, warn, cancellationToken)))],
        onLine);

    private async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.DescribeAsync(queries[0].ServiceArn, cancellationToken).ConfigureAwait(false)).Status == ServiceStatus.Deleted;
        }
        catch (ResourceNotFoundException)
        {
            return true;
        }
        catch (AppRunnerException)
        {
            // Not known, or not allowed: the logs can still be followed.
            return false;
        }
    }

    private TimeSpan Pause(TimeSpan interval)
    {
        var pause = interval.Ticks * Math.Pow(2, readers.Max(reader => reader.Failures));
        return TimeSpan.FromTicks((long)(Math.Min(pause, Math.Max(MaxPause.Ticks, interval.Ticks)) * (0.9 + (0.2 * random.NextDouble()))));
    }
}

/// <summary>Merges the lines of several logs, each in the order of its times, without holding more than one line of each.</summary>
internal sealed class LineMerge
{
    private readonly List<Source> sources = [];

    private LineMerge()
    {
    }

    /// <summary>Reads the logs at the same time.</summary>
    /// <param name="readers">Each reads one log, calls the function with each line, and awaits it before the next one.</param>
    /// <param name="onLine">Called with the lines of all logs, oldest first.</param>
    /// <returns>A task that ends when all lines have been written, or when all readers have ended and one of them failed.</returns>
    public static async Task RunAsync(IReadOnlyList<Func<Func<ServiceLogRecord, Task>, Task>> readers, Func<ServiceLogRecord, Task> onLine)
    {
        if (readers.Count == 1)
        {
            await readers[0](onLine).ConfigureAwait(false);
            return;
        }

        var merge = new LineMerge();
        foreach (var reader in readers)
            merge.sources.Add(new Source(reader));
        var all = Task.WhenAll(merge.sources.Select(source => source.Reading));
        try
        {
            while (true)
            {
                foreach (var source in merge.sources)
                    await source.NextAsync().ConfigureAwait(false);
                if (merge.sources.Where(source => source.Line is not null).OrderBy(source => source.Time).FirstOrDefault() is not { } oldest)
                    break;
                await onLine(oldest.Line!).ConfigureAwait(false);
                oldest.Take();
            }
        }
        catch
        {
            // The readers wait for their lines to be taken.
            merge.sources.ForEach(source => source.Stop());
            throw;
        }

        await all.ConfigureAwait(false);
    }

    private sealed class Source
    {
        private readonly object syncRoot = new();
        private TaskCompletionSource<bool> arrived = NewSignal();
        private TaskCompletionSource<bool> taken = NewSignal();
        private bool stopped;

        public Source(Func<Func<ServiceLogRecord, Task>, Task> reader)
        {
            Reading = Task.Run(() => reader(OnLineAsync));
        }

        public Task Reading { get; }

        /// <summary>The line that waits to be taken; null if the reader has ended.</summary>
        public ServiceLogRecord? Line { get; private set; }

        public DateTime Time => Line!.Timestamp.ToUniversalTime();

        /// <summary>Completes when there is a line, or the reader has ended.</summary>
        public Task<Task> NextAsync() => Task.WhenAny(arrived.Task, Reading);

        public void Take()
        {
            Line = null;
            arrived = NewSignal();
            taken.TrySetResult(true);
        }

        public void Stop()
        {
            lock (syncRoot)
            {
                stopped = true;
                taken.TrySetCanceled();
            }
        }

        private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Task OnLineAsync(ServiceLogRecord line)
        {
            lock (syncRoot)
            {
                taken = NewSignal();
                if (stopped)
                    taken.TrySetCanceled();
                var wait = taken.Task;
                Line = line;
                arrived.TrySetResult(true);
                return wait;
            }
        }
    }
}
