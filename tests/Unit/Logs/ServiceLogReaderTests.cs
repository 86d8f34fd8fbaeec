using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Unit.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Logs;

public class ServiceLogReaderTests
{
    private const string ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/web/8fe1e10304f84fd2b0df550fe98a71fa";
    private const string OperationId = "0a1b2c3d-0000-1111-2222-333344445555";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<FilteredLogEvent> log = new();
    private readonly ConcurrentQueue<string?> received = new();
    private readonly FakeClock clock = new();
    private FakeClient? fake;
    private string status = ServiceStatus.Running;

    private long?[] StartTimes => [.. fake!.Requests.OfType<FilterLogEventsRequest>().Select(request => request.StartTime)];

    [Fact]
    public async Task Following_a_log_returns_late_lines_once_and_skips_none()
    {
        var client = Client();
        Write("a", 100_000);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Application), stop.Token);
        await PollsAsync(1);

        Write("b", 110_000);
        Write("late", 95_000);
        await PollAsync();
        await PollAsync();
        Write("c", 300_000);
        Write("of the same time", 300_000);
        await PollAsync();
        Write("late again", 271_000);
        await PollAsync();
        await PollAsync();

        received.ShouldBe(["a", "b", "late", "c", "of the same time", "late again"], ignoreOrder: true);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
        client.Requests.OfType<FilterLogEventsRequest>().Last().LogGroupName.ShouldBe("/aws/apprunner/web/8fe1e10304f84fd2b0df550fe98a71fa/application");
        StartTimes.ShouldBe([null, 70_000, 80_000, 80_000, 270_000, 270_000]);
    }

    [Fact]
    public async Task A_line_that_arrives_minutes_late_is_returned_once_within_a_minute()
    {
        Write("a", 1_000_000);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(Client(), new ServiceLogQuery(ServiceArn, ServiceLogKind.Application), stop.Token);
        await PollsAsync(1);

        Write("b", 2_000_000);
        await PollAsync();
        Write("nine minutes late", 2_000_000 - 540_000);
        Write("beyond", 2_000_000 - 660_000);
        await PollAsync();
        received.ShouldBe(["a", "b"]);
        for (var poll = 0; poll < 40; poll++)
            await PollAsync();

        // A poll every 3 s: two of the polls in two minutes go far back.
        received.ShouldBe(["a", "b", "nine minutes late"]);
        StartTimes.Count(start => start == 1_400_000).ShouldBe(2);
        StartTimes.Distinct().ShouldBe([null, 970_000, 1_970_000, 1_400_000]);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task Polls_go_back_as_far_as_returned_lines_are_remembered()
    {
        const int Many = 100_500;
        for (var number = 0; number < Many; number++)
            Write("line", 1_000_000 + number);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(Client(), new ServiceLogQuery(ServiceArn, ServiceLogKind.Application), stop.Token);
        await PollsAsync(1);
        for (var poll = 0; poll < 21; poll++)
            await PollAsync();

        received.Count.ShouldBe(Many);
        StartTimes.ShouldContain(1_000_500);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(500_000L)]
    public async Task An_empty_log_can_be_followed(long? since)
    {
        using var stop = new CancellationTokenSource();
        var query = new ServiceLogQuery(ServiceArn, ServiceLogKind.Application) { Since = since is { } time ? ServiceLogNames.FromTimestamp(time) : null };
        var following = FollowAsync(Client(), query, stop.Token);
        await PollsAsync(1);
        await PollAsync();
        Write("first", 1_000_000);
        await PollAsync();

        received.ShouldBe(["first"]);
        StartTimes.ShouldBe([since, since, since]);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task Following_with_Tail_skips_older_lines()
    {
        for (var number = 0; number < 30; number++)
            Write("line " + number, 1000);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(Client(), new ServiceLogQuery(ServiceArn, ServiceLogKind.Event) { Tail = 3 }, stop.Token);
        await PollsAsync(1);
        Write("new", 2000);
        await PollAsync();
        await PollAsync();

        received.ShouldBe(["line 27", "line 28", "line 29", "new"]);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task Transient_errors_are_reported_and_increase_the_poll_interval()
    {
        var failing = 0;
        var reported = new List<string>();
        var client = Client(_ => Interlocked.Decrement(ref failing) >= 0 ? ServiceErrors.Create("ThrottlingException", "slow down", 400, null) : null);
        Write("a", 1000);
        using var stop = new CancellationTokenSource();
        var follower = new ServiceLogFollower(client, [new ServiceLogQuery(ServiceArn, ServiceLogKind.Event)], clock);
        var following = follower.FollowAsync(Interval, ReceiveAsync, message => { reported.Add(message); return Task.CompletedTask; }, stop.Token);
        await PollsAsync(1);
        failing = 2;
        Write("b", 2000);
        await PollAsync();
        reported.ShouldHaveSingleItem().ShouldContain("slow down");
        var polls = StartTimes.Length;
        clock.Advance(TimeSpan.FromSeconds(3));
        StartTimes.Length.ShouldBe(polls);
        clock.Advance(TimeSpan.FromSeconds(2));
        await PollsAsync(polls + 1);
        clock.Advance(TimeSpan.FromSeconds(9));
        await PollsAsync(polls + 2);

        StartTimes.Length.ShouldBe(polls + 2);
        received.ShouldBe(["a", "b"]);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task All_logs_are_followed_in_the_order_of_time_until_the_service_is_deleted()
    {
        var client = Client(request => request is not FilterLogEventsRequest filter ? null : new FilterLogEventsResponse
        {
            Events = Lines().Where(line => line.Timestamp >= (filter.StartTime ?? 0) && line.LogStreamName!.StartsWith(KindOf(filter), StringComparison.Ordinal)).ToList(),
        });
        var kinds = new[] { ServiceLogKind.Event, ServiceLogKind.Deployment, ServiceLogKind.Application };
        for (var number = 0; number < 9; number++)
            Write("line " + number, 1000 + number, StreamOf(kinds[number % 3]));
        var lines = new List<ServiceLogRecord>();
        var follower = new ServiceLogFollower(client, [.. kinds.Select(kind => new ServiceLogQuery(ServiceArn, kind) { Tail = 5 })], clock);
        var following = follower.FollowAsync(Interval, line => { lines.Add(line); return Task.CompletedTask; }, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await PollsAsync(3);
        lines.Select(line => line.Message).ShouldBe(["line 4", "line 5", "line 6", "line 7", "line 8"]);
        lines.Select(line => line.Kind).ShouldBe(["Deployment", "Application", "Event", "Deployment", "Application"]);

        status = ServiceStatus.Deleted;
        Write("bye", 1100, StreamOf(ServiceLogKind.Event));
        Write("stopped", 1050, StreamOf(ServiceLogKind.Application));
        for (var poll = 1; !following.IsCompleted && poll < 20; poll++)
        {
            var before = StartTimes.Length;
            clock.Advance(TimeSpan.FromSeconds(3));
            await PollsAsync(before + 3, following);
        }

        await following.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        lines.Skip(5).Select(line => line.Message).ShouldBe(["stopped", "bye"]);
        client.CountOf<DescribeServiceRequest>().ShouldBe(1);

        static string StreamOf(string kind) => kind switch { ServiceLogKind.Event => "events", ServiceLogKind.Deployment => "deployment/1", _ => "instance/1" };

        static string KindOf(FilterLogEventsRequest filter) => filter.LogGroupName!.EndsWith("application", StringComparison.Ordinal) ? "instance/" : filter.LogStreamNamePrefix ?? "events";
    }

    [Fact]
    public async Task The_log_of_an_operation_is_read_with_few_calls_and_given_up_if_it_cannot_be_read()
    {
        Exception? refusal = ServiceErrors.Create("ResourceNotFoundException", "no group", 400, null);
        var client = Client(_ => refusal);
        Write("building", 1000, "deployment/" + OperationId);
        using var stop = new CancellationTokenSource();
        var tail = new OperationLogTail(client, ServiceArn, OperationId, clock, line => { received.Enqueue(line); return Task.CompletedTask; });
        var running = tail.RunAsync(() => TimeSpan.FromSeconds(3), stop.Token);
        await PollsAsync(0);
        await PollAsync();
        client.Requests.Count.ShouldBe(1, "A missing log is not looked for under other names.");
        clock.Advance(TimeSpan.FromSeconds(4));
        client.Requests.Count.ShouldBe(1, "The interval doubles while there is no log.");

        refusal = null;
        await PollAsync();
        await PollAsync();
        received.ShouldBe(["building"]);
        refusal = ServiceErrors.Create("AccessDeniedException", "not for you", 400, null);
        clock.Advance(TimeSpan.FromSeconds(3));
        await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        (await tail.ReadAsync(stop.Token)).ShouldBeFalse();
        client.Requests.Count.ShouldBe(4);
        client.Requests.ShouldAllBe(request => request is FilterLogEventsRequest);
    }

    [Fact]
    public async Task A_permanent_error_ends_the_following()
    {
        var client = Client(_ => ServiceErrors.Create("AccessDeniedException", "no", 400, null));

        (await Should.ThrowAsync<AppRunnerServiceException>(FollowAsync(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Event), TestContext.Current.CancellationToken))).ErrorId.ShouldBe(ErrorIds.AccessDenied);
    }

    [Fact]
    public async Task Tail_reads_only_the_streams_with_the_newest_lines()
    {
        for (var number = 0; number < 1000; number++)
            Write("old " + number, 1_000_000 + number, "instance/old");
        for (var number = 0; number < 5; number++)
            Write("new " + number, 10_000_000 + number, number % 2 == 0 ? "instance/b" : "instance/a");
        var client = Client();

        await new ServiceLogReader(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Application) { Tail = 4 }, clock).ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken);

        received.ShouldBe(["new 1", "new 2", "new 3", "new 4"]);
        client.Requests.OfType<GetLogEventsRequest>().ShouldNotContain(request => request.LogStreamName == "instance/old");
        StartTimes.ShouldBe([10_000_001]);
    }

    [Fact]
    public async Task Tail_with_more_lines_than_the_log_returns_all()
    {
        Write("a", 1000);
        Write("b", 2000);

        await new ServiceLogReader(Client(), new ServiceLogQuery(ServiceArn, ServiceLogKind.Event) { Tail = 5 }, clock).ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken);

        received.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("deployment/0a1b2c3d000011112222333344445555")]
    [InlineData("deployment/0a1b2c3d-0000-1111-2222-333344445555")]
    [InlineData("deployment/0A1B2C3D000011112222333344445555/build")]
    [InlineData("deploy-0a1b2c3d000011112222333344445555")]
    public async Task The_stream_of_an_operation_is_found_by_its_id_in_any_format(string stream)
    {
        Write("of the operation", 1000, stream);
        var client = Client(request => request is FilterLogEventsRequest filter && !filter.LogStreamNames!.Contains(stream) ? new ResourceNotFoundException("no stream") : null);

        await new ServiceLogReader(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Deployment) { OperationId = OperationId }, clock).ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken);

        received.ShouldBe(["of the operation"]);
    }

    [Theory]
    [InlineData(OperationId, "of the operation")]
    [InlineData("11111111-0000-1111-2222-333344445555", null)]
    [InlineData("22222222-0000-1111-2222-333344445555", null)]
    public async Task The_stream_of_an_operation_is_found_by_time_if_its_name_does_not_contain_the_id(string operationId, string? expected)
    {
        Write("what happens", 150_000);
        Write("of another time", 90_000, "deployment/z");
        Write("of the operation", 101_000, "deployment/x");
        Write("of another operation", 102_000, "deployment/3333333300001111222233334444555");
        Write("later", 210_000, "deployment/y");
        var operations = new ListOperationsResponse
        {
            OperationSummaryList =
            [
                new Operation { Id = "22222222-0000-1111-2222-333344445555", StartedAt = ServiceLogNames.FromTimestamp(300_000) },
                new Operation { Id = "33333333-0000-1111-2222-33334444555", StartedAt = ServiceLogNames.FromTimestamp(250_000), EndedAt = ServiceLogNames.FromTimestamp(260_000) },
                new Operation { Id = OperationId, StartedAt = ServiceLogNames.FromTimestamp(100_000), EndedAt = ServiceLogNames.FromTimestamp(200_000) },
            ],
        };
        var client = Client(request => request switch
        {
            FilterLogEventsRequest filter when !Lines().Any(line => filter.LogStreamNames!.Contains(line.LogStreamName!)) => new ResourceNotFoundException("no stream"),
            FilterLogEventsRequest filter => new FilterLogEventsResponse { Events = Lines().Where(line => filter.LogStreamNames!.Contains(line.LogStreamName!)).ToList() },
            ListOperationsRequest => operations,
            DescribeServiceRequest => new DescribeServiceResponse { Service = new Service { ServiceArn = ServiceArn } },
            _ => null,
        });

        await new ServiceLogReader(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Deployment) { OperationId = operationId }, clock).ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken);

        received.ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public async Task A_missing_log_group_is_empty_for_an_existing_service_and_an_error_otherwise()
    {
        var exists = true;
        var client = Client(request => request switch
        {
            DescribeServiceRequest => exists ? new DescribeServiceResponse { Service = new Service { ServiceArn = ServiceArn } } : ResourceNotFoundException.ForService("no service"),
            _ => new ResourceNotFoundException("no group"),
        });
        var reader = new ServiceLogReader(client, new ServiceLogQuery(ServiceArn, ServiceLogKind.Application) { Tail = 1 }, clock);

        await reader.ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken);
        exists = false;

        (await Should.ThrowAsync<ResourceNotFoundException>(() => reader.ReadAsync(ReceiveAsync, TestContext.Current.CancellationToken))).ErrorId.ShouldBe(ErrorIds.ServiceNotFound);
        received.ShouldBeEmpty();
    }

    private FakeClient Client(Func<AppRunnerRequest, object?>? instead = null) => fake = new FakeClient(request => instead?.Invoke(request) ?? request switch
    {
        FilterLogEventsRequest filter => new FilterLogEventsResponse { Events = Lines().Where(line => line.Timestamp >= (filter.StartTime ?? 0)).ToList() },
        GetLogEventsRequest get => new GetLogEventsResponse
        {
            Events = get.NextToken is not null ? [] : Lines().Where(line => line.LogStreamName == get.LogStreamName && line.Timestamp >= (get.StartTime ?? 0)).TakeLast(get.Limit!.Value)
                .Select(line => new OutputLogEvent { Timestamp = line.Timestamp, Message = line.Message }).ToList(),
            NextBackwardToken = "end",
        },
        DescribeServiceRequest => new DescribeServiceResponse { Service = new Service { ServiceArn = ServiceArn, Status = status } },
        DescribeLogStreamsRequest => new DescribeLogStreamsResponse
        {
            LogStreams = Lines().GroupBy(line => line.LogStreamName).Select(stream => new LogStream { LogStreamName = stream.Key, FirstEventTimestamp = stream.First().Timestamp, LastEventTimestamp = stream.Last().Timestamp }).OrderByDescending(stream => stream.LastEventTimestamp).ToList(),
        },
        _ => throw new NotSupportedException(request.Operation),
    });

    private IEnumerable<FilteredLogEvent> Lines() => log.OrderBy(line => line.Timestamp);

    private void Write(string message, long timestamp, string stream = "events") =>
        log.Enqueue(new FilteredLogEvent { EventId = Guid.NewGuid().ToString(), LogStreamName = stream, Message = message, Timestamp = timestamp });

    private Task ReceiveAsync(ServiceLogRecord line)
    {
        received.Enqueue(line.Message);
        return Task.CompletedTask;
    }

    private Task FollowAsync(FakeClient client, ServiceLogQuery query, CancellationToken stop) =>
        new ServiceLogFollower(client, [query], clock).FollowAsync(Interval, ReceiveAsync, _ => Task.CompletedTask, stop);

    // Waits for the next poll.
    private async Task PollAsync()
    {
        var polls = StartTimes.Length;
        clock.Advance(TimeSpan.FromSeconds(3));
        await PollsAsync(polls + 1);
    }

    private async Task PollsAsync(int count, Task? end = null)
    {
        var waited = Stopwatch.StartNew();
        while (end?.IsCompleted != true && (StartTimes.Length < count || clock.PendingDelays == 0) && waited.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
