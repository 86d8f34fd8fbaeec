using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Waiting;

namespace AppRunner.Model.Logs;

/// <summary>Reads the lines of one <see cref="ServiceLogQuery"/> from CloudWatch Logs, page by page, and goes on with those that come.</summary>
internal sealed class ServiceLogReader
{
    /// <summary>How far back every poll of <see cref="FollowAsync"/> goes: lines of several instances do not come in in the order of their times.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    /// <summary>How far back a poll goes once in <see cref="FarInterval"/>: a line can be found by its time only, however late it comes in.</summary>
    public static readonly TimeSpan FarOverlap = TimeSpan.FromMinutes(10);

    /// <summary>The time between two polls that go far back.</summary>
    public static readonly TimeSpan FarInterval = TimeSpan.FromMinutes(1);

    // What is forgotten must not be met again: with more lines than these, polls go less far back, but never less than the usual overlap.
    private const int MostRemembered = 100_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // AWS may know the time of a stream's newest line that much too late.
    private static readonly TimeSpan StreamLag = TimeSpan.FromHours(1);

    private readonly IAppRunnerClient client;
    private readonly ServiceLogQuery query;
    private readonly IClock clock;
    private readonly string serviceName;
    private readonly string group;
    private readonly Random random = new();

    // What was given out within twice the far overlap, oldest first: what a poll may meet again.
    private readonly Queue<(string Id, long Timestamp)> given = new();
    private readonly HashSet<string> givenIds = new(StringComparer.Ordinal);
    private long? newest;
    private long? forgotten;
    private string? stream;

    /// <summary>Makes a reader.</summary>
    /// <param name="client">Where the service lives.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="clock">Measures the pauses.</param>
    /// <exception cref="InvalidParameterException">The ARN is none of a service.</exception>
    public ServiceLogReader(IAppRunnerClient client, ServiceLogQuery query, IClock clock)
    {
        this.client = client;
        this.query = query;
        this.clock = clock;
        if (!Arn.TryParseService(query.ServiceArn, out var arn) || arn.Id is not { } id)
            throw new InvalidParameterException($"{query.ServiceArn} is not the ARN of a service.");
        serviceName = arn.Name;
        group = query.Kind == ServiceLogKind.Application ? ServiceLogNames.ApplicationGroup(arn.Name, id) : ServiceLogNames.ServiceGroup(arn.Name, id);
        stream = query.Kind switch
        {
            ServiceLogKind.Event => ServiceLogNames.EventStream,
            ServiceLogKind.Deployment when query.OperationId is { } operationId => ServiceLogNames.DeploymentStream(operationId),
            _ => null,
        };
    }

    private string? Prefix => query.Kind == ServiceLogKind.Deployment && stream is null ? ServiceLogNames.DeploymentPrefix : null;

    /// <summary>Reads what is there. A log in which nothing was written yet is empty.</summary>
    /// <param name="take">Gets each line, oldest first; the next one does not come before it is done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="AppRunnerException">A call failed.</exception>
    public async Task ReadAsync(Func<ServiceLogRecord, Task> take, CancellationToken cancellationToken)
    {
        var begin = await FindBeginAsync(cancellationToken).ConfigureAwait(false);
        await ReadFirstAsync(begin, (line, _) => take(line), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads what is there, and then what comes, until it is stopped. No line comes twice; left out are only lines that come in when newer
    /// ones by more than <see cref="FarOverlap"/> were there already.
    /// </summary>
    /// <param name="interval">The time between two polls, about; longer while polling fails.</param>
    /// <param name="take">Gets each line; the next one does not come before it is done.</param>
    /// <param name="warn">Gets what went wrong for a while.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that ends by being cancelled, or in error.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="AppRunnerException">Calls failed again and again.</exception>
    public async Task FollowAsync(TimeSpan interval, Func<ServiceLogRecord, Task> take, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        var begin = await FindBeginAsync(cancellationToken).ConfigureAwait(false);
        var isFirst = true;
        var failures = 0;
        var lastFar = clock.UtcNow;
        while (true)
        {
            try
            {
                var now = clock.UtcNow;
                var isFar = now - lastFar >= FarInterval;
                if (isFirst)
                    await ReadFirstAsync(begin, GiveAsync, cancellationToken).ConfigureAwait(false);
                else
                    await ReadFromAsync(Latest(begin, isFar ? FarBack() : newest - Milliseconds(Overlap)), GiveAsync, cancellationToken).ConfigureAwait(false);
                isFirst = false;
                lastFar = isFar ? now : lastFar;
                failures = 0;
            }
            catch (AppRunnerException failure) when (failure.IsTransient && ++failures < Poll.MaxTransientFailures)
            {
                await warn($"The log of service \"{serviceName}\" could not be read; trying again: {failure.Message}").ConfigureAwait(false);
            }

            await clock.Delay(Pause(interval, failures), cancellationToken).ConfigureAwait(false);
        }

        async Task GiveAsync(ServiceLogRecord line, FilteredLogEvent read)
        {
            if (!IsNew(read))
                return;
            await take(line).ConfigureAwait(false);
        }
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    // Null is the very beginning.
    private static long? Latest(long? one, long? other) => one is null || other > one ? (other < 0 ? null : other) : one;

    private long? FarBack() => Latest(newest - Milliseconds(FarOverlap), forgotten + 1);

    private bool IsNew(FilteredLogEvent line)
    {
        var (id, timestamp) = (line.EventId ?? string.Empty, line.Timestamp ?? 0);
        if (!givenIds.Add(id))
            return false;
        given.Enqueue((id, timestamp));
        newest = Math.Max(newest ?? timestamp, timestamp);
        while (given.Peek().Timestamp < newest - (2 * Milliseconds(given.Count > MostRemembered ? Overlap : FarOverlap)))
        {
            var old = given.Dequeue();
            givenIds.Remove(old.Id);
            forgotten = Math.Max(forgotten ?? old.Timestamp, old.Timestamp);
        }

        return true;
    }

    private TimeSpan Pause(TimeSpan interval, int failures)
    {
        var pause = interval.Ticks * Math.Pow(2, failures);
        return TimeSpan.FromTicks((long)(Math.Min(pause, Math.Max(LongestPause.Ticks, interval.Ticks)) * (0.9 + (0.2 * random.NextDouble()))));
    }

    private async Task ReadFirstAsync(long? begin, Func<ServiceLogRecord, FilteredLogEvent, Task> take, CancellationToken cancellationToken)
    {
        if (query.Tail is not { } tail)
        {
            await ReadFromAsync(begin, take, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Lines of the same millisecond, and such as came in meanwhile, may be more than are wanted.
        var last = new Queue<(ServiceLogRecord Line, FilteredLogEvent Read)>();
        await ReadFromAsync(
            begin,
            (line, read) =>
            {
                last.Enqueue((line, read));
                if (last.Count > tail)
                    IsNew(last.Dequeue().Read);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (line, read) in last)
            await take(line, read).ConfigureAwait(false);
    }

    private Task ReadFromAsync(long? begin, Func<ServiceLogRecord, FilteredLogEvent, Task> take, CancellationToken cancellationToken) => WhereThereAsync(
        () => Pages.ReadAsync(
            client,
            new FilterLogEventsRequest { LogGroupName = group, LogStreamNames = stream is null ? null : [stream], LogStreamNamePrefix = Prefix, StartTime = begin },
            async page =>
            {
                foreach (var read in page.Events ?? [])
                    await take(Record(read), read).ConfigureAwait(false);
                return true;
            },
            cancellationToken),
        cancellationToken);

    private ServiceLogRecord Record(FilteredLogEvent read) => new()
    {
        Timestamp = ServiceLogNames.FromTimestamp(read.Timestamp ?? 0),
        Stream = read.LogStreamName,
        Message = read.Message,
        Kind = query.Kind,
        ServiceName = serviceName,
    };

    // Groups and streams are made when something is written; that is only no error for a service that exists.
    private async Task WhereThereAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read().ConfigureAwait(false);
            return;
        }
        catch (ResourceNotFoundException)
        {
            // Looked into below.
        }

        if (query.OperationId is { } operationId && await DeploymentStreams.FindAsync(client, query.ServiceArn, group, operationId, cancellationToken).ConfigureAwait(false) is { } found && found != stream)
        {
            stream = found;
            await read().ConfigureAwait(false);
            return;
        }

        await client.DescribeAsync(query.ServiceArn, cancellationToken).ConfigureAwait(false);
    }

    // The time of the oldest of the lines that are wanted; null for the very first one.
    private async Task<long?> FindBeginAsync(CancellationToken cancellationToken)
    {
        var since = query.Since is { } time ? Math.Max(0, ServiceLogNames.ToTimestamp(time)) : (long?)null;
        if (query.Tail is not { } tail)
            return since;
        var times = new List<long>();
        await WhereThereAsync(
            async () =>
            {
                if (stream is not null)
                    await ReadTimesAsync(stream, tail, since, times, cancellationToken).ConfigureAwait(false);
                else
                    await ReadTimesAsync(tail, since, times, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return times.Count < tail ? since : times.Min();
    }

    private Task ReadTimesAsync(int tail, long? since, List<long> times, CancellationToken cancellationToken) => Pages.ReadAsync(
        client,
        new DescribeLogStreamsRequest { LogGroupName = group, OrderBy = LogStreamOrder.LastEventTime, Descending = true },
        async page =>
        {
            foreach (var found in page.LogStreams ?? [])
            {
                // Those that follow are older still.
                var latest = found.LastEventTimestamp + Milliseconds(StreamLag);
                if ((times.Count == tail && latest < times[0]) || latest < since)
                    return false;
                if (found.LogStreamName is { } name && name.StartsWith(Prefix ?? string.Empty, StringComparison.Ordinal))
                    await ReadTimesAsync(name, tail, since, times, cancellationToken).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    // Adds the times of a stream's newest lines, and keeps the newest of all, in order.
    private async Task ReadTimesAsync(string name, int tail, long? since, List<long> times, CancellationToken cancellationToken)
    {
        var request = new GetLogEventsRequest { LogGroupName = group, LogStreamName = name, StartTime = since, Limit = Math.Min(tail, GetLogEventsRequest.PageLimit) };
        var read = 0;
        while (true)
        {
            var page = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var found = page.Events ?? [];
            times.AddRange(found.Select(line => line.Timestamp ?? 0));
            read += found.Count;
            if (read >= tail || string.IsNullOrEmpty(page.NextBackwardToken) || page.NextBackwardToken == request.NextToken)
                break;
            request.NextToken = page.NextBackwardToken;
        }

        times.Sort();
        if (times.Count > tail)
            times.RemoveRange(0, times.Count - tail);
    }
}

/// <summary>Which lines of a service's logs.</summary>
/// <param name="serviceArn">The service.</param>
/// <param name="kind">One of <see cref="ServiceLogKind"/>.</param>
internal sealed class ServiceLogQuery(string serviceArn, string kind)
{
    /// <summary>The service.</summary>
    public string ServiceArn { get; } = serviceArn;

    /// <summary>One of <see cref="ServiceLogKind"/>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The operation whose lines are wanted; null for those of all operations. With the kind Deployment.</summary>
    public string? OperationId { get; set; }

    /// <summary>How many of the newest lines, 1 or more; null for all.</summary>
    public int? Tail { get; set; }

    /// <summary>The time from which on, in UTC; null for all.</summary>
    public DateTime? Since { get; set; }
}
