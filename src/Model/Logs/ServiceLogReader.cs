using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Waiting;

namespace AppRunner.Model.Logs;

/// <summary>Reads the log lines of one <see cref="ServiceLogQuery"/> from CloudWatch Logs, page by page, and again for new lines.</summary>
/// <remarks>
/// Start:
///  1. With Tail, find the start time: the time of the N-th newest line, from the newest events of the log streams. Otherwise it is Since.
///  2. Read all lines from there, oldest first. With Tail, write only the last N.
/// Later polls:
///  3. Read again from the newest written line minus <see cref="ShortLookback"/>, once a minute minus <see cref="LongLookback"/>: lines of several
///     instances arrive late and out of order.
///  4. Write the lines whose event id was not written yet. Forget the ids of lines that no later poll reads again.
/// A log group or stream that does not exist is an empty log, if the service exists.
/// </remarks>
internal sealed class ServiceLogReader
{
    /// <summary>The lookback of every poll of <see cref="PollAsync"/>: lines of several instances do not arrive in the order of their times.</summary>
    public static readonly TimeSpan ShortLookback = TimeSpan.FromSeconds(30);

    /// <summary>The lookback of one poll per <see cref="LongLookbackInterval"/>, for lines that arrive late: events can be queried by their time only.</summary>
    public static readonly TimeSpan LongLookback = TimeSpan.FromMinutes(10);

    /// <summary>The time between two polls with the long lookback.</summary>
    public static readonly TimeSpan LongLookbackInterval = TimeSpan.FromMinutes(1);

    // Polls must not read forgotten lines again: above this number of ids, the long lookback is shortened, down to the short one.
    private const int MaxRememberedIds = 100_000;

    // LastEventTimestamp of a stream may be this much out of date.
    private static readonly TimeSpan StreamTimeLag = TimeSpan.FromHours(1);

    private readonly IAppRunnerClient client;
    private readonly ServiceLogQuery query;
    private readonly IClock clock;
    private readonly string serviceName;
    private readonly string group;

    // The written lines within twice the long lookback, oldest first: those that a poll may read again.
    private readonly Queue<(string Id, long Timestamp)> written = new();
    private readonly HashSet<string> writtenIds = new(StringComparer.Ordinal);
    private long? newest;
    private long? newestForgotten;
    private string? stream;
    private long? start;
    private DateTime? lastLong;
    private bool hasRead;

    /// <summary>Creates a reader.</summary>
    /// <param name="client">The client for the service's region.</param>
    /// <param name="query">The lines to read.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="InvalidParameterException">The ARN is not the ARN of a service.</exception>
    public ServiceLogReader(IAppRunnerClient client, ServiceLogQuery query, IClock clock)
    {
        this.client = client;
        this.query = query;
        this.clock = clock;
        if (!Arn.TryParseService(query.ServiceArn, out var arn) || arn.Id is not { } id)
            throw new InvalidParameterException($"'{query.ServiceArn}' is not the ARN of a service.");
        serviceName = arn.Name;
        group = query.Kind == ServiceLogKind.Application ? ServiceLogNames.ApplicationGroup(arn.Name, id) : ServiceLogNames.ServiceGroup(arn.Name, id);
        stream = query.Kind switch
        {
            ServiceLogKind.Event => ServiceLogNames.EventStream,
            ServiceLogKind.Deployment when query.OperationId is { } operationId => ServiceLogNames.DeploymentStream(operationId),
            _ => null,
        };
    }

    /// <summary>The number of transient failures of <see cref="PollAsync"/> in a row.</summary>
    public int Failures { get; private set; }

    // Inclusive, as in FilterLogEvents. In GetLogEvents the end is exclusive.
    private long? Until => query.Until is { } time ? Math.Max(0, ServiceLogNames.ToTimestamp(time)) : null;

    private string? Prefix => query.Kind == ServiceLogKind.Deployment && stream is null ? ServiceLogNames.DeploymentPrefix : null;

    /// <summary>Reads the existing lines. A log that does not exist yet is empty.</summary>
    /// <param name="onLine">Called with each line, oldest first; awaited before the next one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="AppRunnerException">A call failed.</exception>
    public async Task ReadAsync(Func<ServiceLogRecord, Task> onLine, CancellationToken cancellationToken)
    {
        var start = await FindStartAsync(cancellationToken).ConfigureAwait(false);
        await ReadFirstAsync(start, (line, _) => onLine(line), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the existing lines in the first call, and new ones in later calls. No line is returned twice. Lines that arrive more than
    /// <see cref="LongLookback"/> late are missed.
    /// </summary>
    /// <param name="onLine">Called with each line; awaited before the next one.</param>
    /// <param name="warn">Called with a warning for a transient failure.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="AppRunnerException">Calls failed repeatedly.</exception>
    public async Task PollAsync(Func<ServiceLogRecord, Task> onLine, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        if (lastLong is null)
        {
            start = await FindStartAsync(cancellationToken).ConfigureAwait(false);
            lastLong = clock.UtcNow;
        }

        try
        {
            var now = clock.UtcNow;
            var isLong = now - lastLong >= LongLookbackInterval;
            if (!hasRead)
                await ReadFirstAsync(start, WriteNewAsync, cancellationToken).ConfigureAwait(false);
            else
                await ReadFromAsync(Later(start, isLong ? LongLookbackStart() : newest - Milliseconds(ShortLookback)), WriteNewAsync, cancellationToken).ConfigureAwait(false);
            hasRead = true;
            lastLong = isLong ? now : lastLong;
            Failures = 0;
        }
        catch (AppRunnerException failure) when (failure.IsTransient && ++Failures < Poll.MaxTransientFailures)
        {
            await warn($"The log of service \"{serviceName}\" could not be read; trying again: {failure.Message}").ConfigureAwait(false);
        }

        async Task WriteNewAsync(ServiceLogRecord line, FilteredLogEvent read)
        {
            if (!MarkWritten(read))
                return;
            await onLine(line).ConfigureAwait(false);
        }
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    // Null means the beginning of the log.
    private static long? Later(long? one, long? other) => one is null || other > one ? (other < 0 ? null : other) : one;

    private long? LongLookbackStart() => Later(newest - Milliseconds(LongLookback), newestForgotten + 1);

    private bool MarkWritten(FilteredLogEvent line)
    {
        var (id, timestamp) = (line.EventId ?? string.Empty, line.Timestamp ?? 0);
        if (!writtenIds.Add(id))
            return false;
        written.Enqueue((id, timestamp));
        newest = Math.Max(newest ?? timestamp, timestamp);
        while (written.Peek().Timestamp < newest - (2 * Milliseconds(written.Count > MaxRememberedIds ? ShortLookback : LongLookback)))
        {
            var old = written.Dequeue();
            writtenIds.Remove(old.Id);
            newestForgotten = Math.Max(newestForgotten ?? old.Timestamp, old.Timestamp);
        }

        return true;
    }

    private async Task ReadFirstAsync(long? start, Func<ServiceLogRecord, FilteredLogEvent, Task> onLine, CancellationToken cancellationToken)
    {
        if (query.Tail is not { } tail)
        {
            await ReadFromAsync(start, onLine, cancellationToken).ConfigureAwait(false);
            return;
        }

        // There may be more lines than requested: several in the same millisecond, and lines that have just arrived.
        var last = new Queue<(ServiceLogRecord Line, FilteredLogEvent Read)>();
        await ReadFromAsync(
            start,
            (line, read) =>
            {
                last.Enqueue((line, read));
                if (last.Count > tail)
                    MarkWritten(last.Dequeue().Read);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (line, read) in last)
            await onLine(line, read).ConfigureAwait(false);
    }

    private Task ReadFromAsync(long? start, Func<ServiceLogRecord, FilteredLogEvent, Task> onLine, CancellationToken cancellationToken) => ReadIfExistsAsync(
        () => Pages.ReadAsync(
            client,
            new FilterLogEventsRequest { LogGroupName = group, LogStreamNames = stream is null ? null : [stream], LogStreamNamePrefix = Prefix, StartTime = start, EndTime = Until },
            async page =>
            {
                foreach (var read in page.Events ?? [])
                    await onLine(Record(read), read).ConfigureAwait(false);
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

    // Log groups and streams are created with their first event. A missing one is not an error if the service exists.
    private async Task ReadIfExistsAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read().ConfigureAwait(false);
            return;
        }
        catch (ResourceNotFoundException) when (!query.MustExist)
        {
            // Handled below.
        }

        if (query.OperationId is { } operationId && await DeploymentStreams.FindAsync(client, query.ServiceArn, group, operationId, cancellationToken).ConfigureAwait(false) is { } found && found != stream)
        {
            stream = found;
            await read().ConfigureAwait(false);
            return;
        }

        await client.DescribeAsync(query.ServiceArn, cancellationToken).ConfigureAwait(false);
    }

    // The time of the oldest requested line; null means the beginning of the log.
    private async Task<long?> FindStartAsync(CancellationToken cancellationToken)
    {
        var since = query.Since is { } time ? Math.Max(0, ServiceLogNames.ToTimestamp(time)) : (long?)null;
        if (query.Tail is not { } tail)
            return since;
        var times = new List<long>();
        await ReadIfExistsAsync(
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
                // The following streams are older still.
                var latest = found.LastEventTimestamp + Milliseconds(StreamTimeLag);
                if ((times.Count == tail && latest < times[0]) || latest < since)
                    return false;
                if (found.LogStreamName is { } name && name.StartsWith(Prefix ?? string.Empty, StringComparison.Ordinal))
                    await ReadTimesAsync(name, tail, since, times, cancellationToken).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    // Adds the times of a stream's newest lines, and keeps the newest of all streams, in order.
    private async Task ReadTimesAsync(string name, int tail, long? since, List<long> times, CancellationToken cancellationToken)
    {
        var request = new GetLogEventsRequest { LogGroupName = group, LogStreamName = name, StartTime = since, EndTime = Until + 1, Limit = Math.Min(tail, GetLogEventsRequest.PageLimit) };
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

/// <summary>Selects the lines of a service's logs.</summary>
/// <param name="serviceArn">The service.</param>
/// <param name="kind">One of <see cref="ServiceLogKind"/>.</param>
internal sealed class ServiceLogQuery(string serviceArn, string kind)
{
    /// <summary>The service.</summary>
    public string ServiceArn { get; } = serviceArn;

    /// <summary>One of <see cref="ServiceLogKind"/>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The operation to read; null means all operations. Used with the kind Deployment.</summary>
    public string? OperationId { get; set; }

    /// <summary>Number of the newest lines, 1 or more; null means all.</summary>
    public int? Tail { get; set; }

    /// <summary>The earliest time, in UTC or local time; null means all.</summary>
    public DateTime? Since { get; set; }

    /// <summary>Whether a log that does not exist is an error. Otherwise it is looked for under other names, and is empty if the service exists.</summary>
    public bool MustExist { get; set; }

    /// <summary>The latest time, in UTC or local time; null means all.</summary>
    public DateTime? Until { get; set; }
}
