using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Logs;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public sealed class LogsTests : IDisposable
{
    private readonly TestEndpoint endpoint = new(options => options.LogLimit = 4096);

    public void Dispose() => endpoint.Dispose();

    [Fact]
    public async Task Events_of_a_simulated_service_say_that_it_is_simulated()
    {
        var service = await endpoint.RunningServiceAsync();
        endpoint.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded);
        var update = await endpoint.SendAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new InstanceConfiguration { Cpu = "2048", Memory = "4096" } });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        await endpoint.DescribeAsync(service);

        var events = await FilterAsync(service, request => request.LogStreamNames = ["events"]);
        events.Select(line => line.Message).ShouldBe(
        [
            "[AppRunner] This service is simulated by the local App Runner: nothing is fetched, built or run.",
            "[AppRunner] Service creation started.",
            "[AppRunner] Service status is set to OPERATION_IN_PROGRESS.",
            "[AppRunner] Service creation completed successfully.",
            "[AppRunner] Service status is set to RUNNING.",
            "[AppRunner] Service update started.",
            "[AppRunner] Service status is set to OPERATION_IN_PROGRESS.",
            "[AppRunner] The outcome ROLLBACK_SUCCEEDED was set by SetNextOutcome.",
            "[AppRunner] Service update failed. For details, see service logs. It was rolled back, so the previous version keeps running.",
            "[AppRunner] Service status is set to RUNNING.",
        ]);
        (events[3].Timestamp - events[2].Timestamp).ShouldBe((long)TestEndpoint.Duration.TotalMilliseconds);
        events.Select(line => line.EventId).Distinct().Count().ShouldBe(events.Count);
        var ofUpdate = await FilterAsync(service, request => request.LogStreamNames = ["deployment/" + update.OperationId!.Replace("-", string.Empty, StringComparison.Ordinal)]);
        ofUpdate.Select(line => line.Message).ShouldBe(["[AppRunner] Starting to deploy your application image.", events[7].Message, "[AppRunner] Failed to deploy your application image. It was rolled back, so the previous version keeps running."]);
    }

    [Theory]
    [InlineData(OperationType.PauseService, OperationStatus.Succeeded, "Service pause", "completed successfully.", "PAUSED")]
    [InlineData(OperationType.PauseService, OperationStatus.Failed, "Service pause", "failed. For details, see service logs.", "RUNNING")]
    [InlineData(OperationType.ResumeService, OperationStatus.Succeeded, "Service resume", "completed successfully.", "RUNNING")]
    [InlineData(OperationType.StartDeployment, OperationStatus.Succeeded, "Deployment", "completed successfully.", "RUNNING")]
    [InlineData(OperationType.StartDeployment, OperationStatus.RollbackFailed, "Deployment", "failed. For details, see service logs. The rollback failed too.", "RUNNING")]
    [InlineData(OperationType.UpdateService, OperationStatus.Succeeded, "Service update", "completed successfully. New application and configuration is deployed.", "RUNNING")]
    [InlineData(OperationType.DeleteService, OperationStatus.Succeeded, "Service deletion", "completed successfully.", "DELETED")]
    [InlineData(OperationType.DeleteService, OperationStatus.Failed, "Service deletion", "failed. For details, see service logs.", "DELETE_FAILED")]
    public async Task Events_of_an_operation_have_the_words_of_App_Runner(string type, string outcome, string name, string end, string status)
    {
        var service = await endpoint.RunningServiceAsync();
        if (type == OperationType.ResumeService)
            await RunAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn });
        if (outcome != OperationStatus.Succeeded)
            endpoint.Endpoint.SetNextOutcome(outcome);
        await (type switch
        {
            OperationType.PauseService => RunAsync(new PauseServiceRequest { ServiceArn = service.ServiceArn }),
            OperationType.ResumeService => RunAsync(new ResumeServiceRequest { ServiceArn = service.ServiceArn }),
            OperationType.StartDeployment => RunAsync(new StartDeploymentRequest { ServiceArn = service.ServiceArn }),
            OperationType.UpdateService => RunAsync(new UpdateServiceRequest { ServiceArn = service.ServiceArn, InstanceConfiguration = new InstanceConfiguration { Cpu = "2048", Memory = "4096" } }),
            _ => RunAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn }),
        });

        var events = (await FilterAsync(service, request => request.LogStreamNames = ["events"])).Select(line => line.Message).ToArray();
        events.ShouldContain($"[AppRunner] {name} started.");
        events.TakeLast(2).ShouldBe([$"[AppRunner] {name} {end}", $"[AppRunner] Service status is set to {status}."]);

        async Task RunAsync<T>(AppRunnerRequest<T> request)
            where T : AppRunnerResponse
        {
            await endpoint.SendAsync(request);
            endpoint.Clock.Advance(TestEndpoint.Duration);
            await endpoint.DescribeAsync(service);
        }
    }

    [Fact]
    public async Task DescribeLogGroups_and_DescribeLogStreams_are_paged()
    {
        var service = await endpoint.RunningServiceAsync();
        await endpoint.RunningServiceAsync(TestEndpoint.NewService("web2"));
        Log(service).Instance("b", "one");
        Log(service).Instance("c", "two");
        Log(service).Instance("a", "three");

        var first = await endpoint.SendAsync(new DescribeLogGroupsRequest { LogGroupNamePrefix = "/aws/apprunner/web1/", Limit = 1 });
        var second = await endpoint.SendAsync(new DescribeLogGroupsRequest { LogGroupNamePrefix = "/aws/apprunner/web1/", Limit = 1, NextToken = first.NextToken });
        first.LogGroups!.Single().LogGroupName.ShouldBe(Application(service));
        second.LogGroups!.Single().LogGroupName.ShouldBe(Group(service));
        second.LogGroups![0].LogGroupArn.ShouldBe($"arn:aws:logs:us-east-1:123456789012:log-group:{Group(service)}");
        second.NextToken.ShouldBeNull();
        (await endpoint.SendAsync(new DescribeLogGroupsRequest { LogGroupNamePattern = "web2" })).LogGroups!.Count.ShouldBe(1);

        (await StreamsAsync(new DescribeLogStreamsRequest { LogGroupName = Application(service), Limit = 2 })).ShouldBe(["instance/a", "instance/b", "instance/c"]);
        (await StreamsAsync(new DescribeLogStreamsRequest { LogGroupIdentifier = $"arn:aws:logs:us-east-1:123456789012:log-group:{Application(service)}", Descending = true })).ShouldBe(["instance/c", "instance/b", "instance/a"]);
        (await StreamsAsync(new DescribeLogStreamsRequest { LogGroupName = Group(service), LogStreamNamePrefix = "deployment/" })).Count.ShouldBe(1);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Log(service).Instance("b", "four");
        (await StreamsAsync(new DescribeLogStreamsRequest { LogGroupName = Application(service), OrderBy = LogStreamOrder.LastEventTime, Descending = true })).First().ShouldBe("instance/b");
    }

    [Fact]
    public async Task FilterLogEvents_merges_streams_and_pages_without_gaps()
    {
        var service = await endpoint.RunningServiceAsync();
        for (var number = 0; number < 20; number++)
            Log(service).Instance(number % 3 == 0 ? "x" : "y", "line " + number);

        var request = new FilterLogEventsRequest { LogGroupName = Application(service), Limit = 3 };
        var lines = new List<string?>();
        do
        {
            var page = await endpoint.SendAsync(request);
            page.Events!.Count.ShouldBeLessThanOrEqualTo(3);
            lines.AddRange(page.Events.Select(line => line.Message));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);

        lines.ShouldBe(Enumerable.Range(0, 20).Select(number => "line " + number));
        (await FilterAsync(Application(service), all => all.LogStreamNamePrefix = "instance/x")).Count.ShouldBe(7);
    }

    [Fact]
    public async Task GetLogEvents_reads_forward_and_backward_until_the_token_repeats()
    {
        var service = await endpoint.RunningServiceAsync();
        for (var number = 0; number < 5; number++)
            Log(service).Instance("x", "line " + number);
        var request = new GetLogEventsRequest { LogGroupName = Application(service), LogStreamName = "instance/x", Limit = 2 };

        var newest = await endpoint.SendAsync(request);
        Messages(newest).ShouldBe(["line 3", "line 4"]);
        var before = await SendAsync(newest.NextBackwardToken);
        Messages(before).ShouldBe(["line 1", "line 2"]);
        var oldest = await SendAsync(before.NextBackwardToken);
        Messages(oldest).ShouldBe(["line 0"]);
        var none = await SendAsync(oldest.NextBackwardToken);
        Messages(none).ShouldBeEmpty();
        none.NextBackwardToken.ShouldBe(oldest.NextBackwardToken);
        Messages(await SendAsync(none.NextForwardToken)).ShouldBe(["line 0", "line 1"]);

        var end = await SendAsync(newest.NextForwardToken);
        Messages(end).ShouldBeEmpty();
        end.NextForwardToken.ShouldBe(newest.NextForwardToken);
        Log(service).Instance("x", "line 5");
        Messages(await SendAsync(end.NextForwardToken)).ShouldBe(["line 5"]);

        request.NextToken = null;
        request.StartFromHead = true;
        Messages(await endpoint.SendAsync(request)).ShouldBe(["line 0", "line 1"]);

        Task<GetLogEventsResponse> SendAsync(string? token)
        {
            request.NextToken = token;
            return endpoint.SendAsync(request);
        }
    }

    [Fact]
    public async Task Events_can_be_filtered_by_time_and_pattern()
    {
        var service = await endpoint.RunningServiceAsync();
        var begun = ServiceLogNames.ToTimestamp(endpoint.Clock.UtcNow);
        for (var number = 0; number < 3; number++)
        {
            Log(service).Instance("x", $"GET /a b {number}");
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await FilterAsync(Application(service), request => (request.StartTime, request.EndTime) = (begun + 1000, begun + 2000))).Count.ShouldBe(2);
        Messages(await endpoint.SendAsync(new GetLogEventsRequest { LogGroupName = Application(service), LogStreamName = "instance/x", StartTime = begun + 1000, EndTime = begun + 2000 })).Count.ShouldBe(1);
        (await FilterAsync(Application(service), request => request.FilterPattern = "\"/a b\" 1")).Single().Message.ShouldBe("GET /a b 1");
        (await FilterAsync(Application(service), request => request.FilterPattern = "get")).ShouldBeEmpty();
        foreach (var pattern in new[] { "{ $.a = 1 }", "?a", "-b", "\"open", "%x%" })
            (await Should.ThrowAsync<AppRunnerServiceException>(() => FilterAsync(Application(service), request => request.FilterPattern = pattern))).ErrorCode.ShouldBe("InvalidParameterException");
    }

    [Fact]
    public async Task A_full_stream_removes_its_oldest_events_and_says_so()
    {
        var service = await endpoint.RunningServiceAsync();
        for (var number = 0; number < 5000; number++)
            Log(service).Instance("x", "line " + number);
        Log(service).Instance("x", new string('ü', 5000));
        Log(service).Instance("x", string.Empty);

        var lines = await FilterAsync(Application(service));
        lines[0].Message!.ShouldContain("Older events were removed");
        lines.Count(line => line.Message!.Contains("removed", StringComparison.Ordinal)).ShouldBe(1);
        lines[^2].Message.ShouldBe("line 4999");
        lines[^1].Message!.ShouldEndWith("ü ... (truncated)");
        lines.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line.Message!) + 26).ShouldBeLessThanOrEqualTo(4096);
        lines.Count.ShouldBeGreaterThan(50);
        var id = lines[0].EventId;
        Log(service).Instance("x", "one more");
        (await FilterAsync(Application(service)))[0].EventId.ShouldBe(id);
    }

    [Fact]
    public async Task Removed_events_are_garbage_collected()
    {
        var log = Log(await endpoint.RunningServiceAsync());
        var first = WriteFirst(log);
        for (var number = 0; number < 300; number++)
            log.Instance("x", "line " + number);
        GC.Collect();
        first.IsAlive.ShouldBeFalse();

        // In a separate method, so that no local variable keeps the text alive.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference WriteFirst(ServiceLog log)
        {
            var text = new string('a', 500);
            log.Instance("x", text);
            return new WeakReference(text);
        }
    }

    [Fact]
    public async Task A_full_group_removes_its_oldest_streams()
    {
        var service = await endpoint.RunningServiceAsync();
        for (var instance = 0; instance < 30; instance++)
        {
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var number = 0; number < 100; number++)
                Log(service).Instance($"{instance:00}", "a line of some length, to fill the stream " + number);
        }

        var streams = await StreamsAsync(new DescribeLogStreamsRequest { LogGroupName = Application(service) });
        streams.ShouldBe(Enumerable.Range(22, 8).Select(instance => $"instance/{instance}"));
        (await endpoint.SendAsync(new DescribeLogGroupsRequest { LogGroupNamePrefix = Application(service) })).LogGroups!.Single().StoredBytes.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(8 * 4096);
        (await StreamsAsync(new DescribeLogStreamsRequest { LogGroupName = Group(service) })).ShouldContain("events");
    }

    [Fact]
    public async Task Unknown_groups_and_invalid_parameters_are_rejected_as_by_CloudWatch_Logs()
    {
        var service = await endpoint.RunningServiceAsync();
        var group = Group(service);
        await RefusedAsync("ResourceNotFoundException", "The specified log group does not exist.", new FilterLogEventsRequest { LogGroupName = "/aws/apprunner/none/0/service" });
        await RefusedAsync("ResourceNotFoundException", "The specified log stream does not exist.", new FilterLogEventsRequest { LogGroupName = group, LogStreamNames = ["events", "none"] });
        await RefusedAsync("ResourceNotFoundException", "The specified log stream does not exist.", new GetLogEventsRequest { LogGroupName = group, LogStreamName = "none" });
        await RefusedAsync("ResourceNotFoundException", "The specified log group does not exist.", new DescribeLogStreamsRequest { LogGroupName = "none" });
        await RefusedAsync("InvalidParameterException", "logGroupName", new FilterLogEventsRequest());
        await RefusedAsync("InvalidParameterException", "10001", new FilterLogEventsRequest { LogGroupName = group, Limit = 10001 });
        await RefusedAsync("InvalidParameterException", "logStreamNames", new FilterLogEventsRequest { LogGroupName = group, LogStreamNames = ["events"], LogStreamNamePrefix = "e" });
        await RefusedAsync("InvalidParameterException", "LastEventTime", new DescribeLogStreamsRequest { LogGroupName = group, OrderBy = LogStreamOrder.LastEventTime, LogStreamNamePrefix = "e" });
        await RefusedAsync("InvalidParameterException", "NextToken", new FilterLogEventsRequest { LogGroupName = group, NextToken = "none" });
        await RefusedAsync("InvalidParameterException", "nextToken", new GetLogEventsRequest { LogGroupName = group, LogStreamName = "events", NextToken = "none" });
        await RefusedAsync("InvalidParameterException", "logGroupNamePattern", new DescribeLogGroupsRequest { LogGroupNamePrefix = "a", LogGroupNamePattern = "b" });
    }

    [Fact]
    public async Task Log_requests_use_the_signing_name_and_protocol_of_CloudWatch_Logs()
    {
        var call = await endpoint.SendAsync(new Call { Target = "Logs_20140328.DescribeLogGroups", Service = "logs", ContentType = "application/x-amz-json-1.1" });
        (call.Status, call.ContentType).ShouldBe((200, "application/x-amz-json-1.1"));

        var wrongService = await endpoint.SendAsync(new Call { Target = "Logs_20140328.DescribeLogGroups", ContentType = "application/x-amz-json-1.1" });
        wrongService.Code.ShouldBe("InvalidSignatureException");
        wrongService.Body.ShouldContain("\"message\"");
        (await endpoint.SendAsync(new Call { Service = "logs" })).Code.ShouldBe("InvalidSignatureException");
        (await endpoint.SendAsync(new Call { Target = "Logs_20140328.DescribeLogGroups", Service = "logs" })).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Logs_belong_to_a_region_and_are_removed_with_the_service()
    {
        var service = await endpoint.RunningServiceAsync();
        (await endpoint.SendAsync(new DescribeLogGroupsRequest(), "eu-west-1")).LogGroups!.ShouldBeEmpty();

        await endpoint.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
        endpoint.Clock.Advance(TestEndpoint.Duration);
        (await FilterAsync(service)).Last().Message!.ShouldContain("DELETED");
        endpoint.Clock.Advance(TimeSpan.FromHours(2));
        (await endpoint.SendAsync(new DescribeLogGroupsRequest())).LogGroups!.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_logs_of_deleted_services_together_are_bounded_and_the_oldest_are_removed_first()
    {
        using var large = new TestEndpoint(options => options.LogLimit = 1024 * 1024);
        var services = new List<Service>();
        for (var number = 0; number < 5; number++)
        {
            var service = await large.RunningServiceAsync(TestEndpoint.NewService("web" + number));
            services.Add(service);
            var region = large.State();
            ServiceLog log;
            lock (region.Lock)
                log = region.Store<ServiceStore>().Find(service.ServiceArn!).Log;
            for (var line = 0; line < 32; line++)
                log.Instance((line % 8).ToString(System.Globalization.CultureInfo.InvariantCulture), new string('x', 250_000));
            await large.SendAsync(new DeleteServiceRequest { ServiceArn = service.ServiceArn });
            large.Clock.Advance(TestEndpoint.Duration);
        }

        var groups = (await large.SendAsync(new DescribeLogGroupsRequest())).LogGroups!;

        groups.Sum(group => group.StoredBytes!.Value).ShouldBeInRange(24 * 1024 * 1024, 32 * 1024 * 1024 + 10_000);
        groups.ShouldNotContain(group => group.LogGroupName!.Contains("/web0/", StringComparison.Ordinal));
        groups.ShouldContain(group => group.LogGroupName == Application(services[4]));
        (await large.DescribeAsync(services[0])).Status.ShouldBe(ServiceStatus.Deleted);
    }

    private static string Group(ServiceSummary service) => $"/aws/apprunner/{service.ServiceName}/{service.ServiceId}/service";

    private static string Application(ServiceSummary service) => $"/aws/apprunner/{service.ServiceName}/{service.ServiceId}/application";

    private static List<string?> Messages(GetLogEventsResponse page) => page.Events!.ConvertAll(line => line.Message);

    private ServiceLog Log(ServiceSummary service)
    {
        var region = endpoint.State();
        lock (region.Lock)
            return region.Store<ServiceStore>().Find(service.ServiceArn!).Log;
    }

    private Task<List<FilteredLogEvent>> FilterAsync(ServiceSummary service, Action<FilterLogEventsRequest>? more = null) => FilterAsync(Group(service), more);

    private async Task<List<FilteredLogEvent>> FilterAsync(string group, Action<FilterLogEventsRequest>? more = null)
    {
        var request = new FilterLogEventsRequest { LogGroupName = group };
        more?.Invoke(request);
        return (await endpoint.SendAsync(request)).Events!;
    }

    private async Task<List<string?>> StreamsAsync(DescribeLogStreamsRequest request)
    {
        var names = new List<string?>();
        do
        {
            var page = await endpoint.SendAsync(request);
            names.AddRange(page.LogStreams!.Select(stream => stream.LogStreamName));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
        return names;
    }

    private async Task RefusedAsync<TResponse>(string code, string message, AppRunnerRequest<TResponse> request)
        where TResponse : AppRunnerResponse
    {
        var refusal = await Should.ThrowAsync<AppRunnerServiceException>(() => endpoint.SendAsync(request));
        refusal.ErrorCode.ShouldBe(code);
        refusal.Message.ShouldContain(message);
    }
}
