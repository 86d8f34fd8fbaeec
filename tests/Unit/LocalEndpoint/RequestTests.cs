using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Logs;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class RequestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"MaxResults\":}")]
    [InlineData("{} {}")]
    [InlineData("\u0001")]
    public async Task Malformed_JSON_is_SerializationException_with_its_position(string body) =>
        (await RespondedAsync(new Call { Body = body }, 400, "SerializationException")).Message.ShouldStartWith("The body is");

    [Theory]
    [InlineData("AppRunner.ListServices", "[]", "$")]
    [InlineData("AppRunner.ListServices", "null", "$")]
    [InlineData("AppRunner.ListServices", "{\"MaxResults\":\"5\"}", "$.MaxResults")]
    [InlineData("AppRunner.ListServices", "{\"MaxResults\":99999999999}", "$.MaxResults")]
    [InlineData("AppRunner.CreateService", "{\"HealthCheckConfiguration\":{\"Interval\":{}}}", "$.HealthCheckConfiguration.Interval")]
    [InlineData("AppRunner.CreateService", "{\"Tags\":[{\"Key\":1}]}", "$.Tags[0].Key")]
    public async Task A_value_of_the_wrong_type_is_SerializationException_with_its_path(string target, string body, string path) =>
        (await RespondedAsync(new Call { Target = target, Body = body }, 400, "SerializationException")).Message.ShouldBe($"The value at {path} has the wrong type.");

    [Fact]
    public async Task Names_of_environment_variables_are_not_in_errors()
    {
        var body = """{"SourceConfiguration":{"ImageRepository":{"ImageConfiguration":{"RuntimeEnvironmentVariables":{"HIDDEN":1}}}}}""";
        (await RespondedAsync(new Call { Target = "AppRunner.CreateService", Body = body }, 400, "SerializationException"))
            .Message.ShouldBe("The value at $.SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables has the wrong type.");
    }

    [Theory]
    [InlineData("AppRunner.Nothing")]
    [InlineData("AppRunner.createservice")]
    [InlineData("ListServices")]
    [InlineData("")]
    [InlineData("AppRunnerLocal.CreateService")]
    public async Task An_unknown_operation_is_rejected(string target) => await RespondedAsync(new Call { Target = target }, 400, "UnknownOperationException");

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Another_Content_Type_is_rejected(string type) => await RespondedAsync(new Call { ContentType = type }, 415, "UnsupportedMediaTypeException");

    [Fact]
    public async Task A_Content_Type_with_charset_is_accepted()
    {
        using var endpoint = new TestEndpoint();
        (await endpoint.SendAsync(new Call { ContentType = "application/x-amz-json-1.0; charset=utf-8" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task All_validation_errors_are_in_one_exception()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService("x");
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Interval = 21 };
        var refusal = await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(request), "2 validation errors detected: ");
        refusal.Message.ShouldContain("ServiceName: ");
        refusal.Message.ShouldContain("HealthCheckConfiguration.Interval: ");
        refusal.RequestId.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unknown_value_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.HealthCheckConfiguration = new HealthCheckConfiguration { Protocol = "UDP" };
        await ServiceLifecycleTests.Refused<InvalidRequestException>(() => endpoint.SendAsync(request), "HealthCheckConfiguration.Protocol");
    }

    [Fact]
    public async Task A_warning_does_not_reject_a_request()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration = await endpoint.CodeAsync();
        request.SourceConfiguration.CodeRepository!.CodeConfiguration!.CodeConfigurationValues!.Runtime = Runtime.Python3;
        (await endpoint.SendAsync(request)).Service.ShouldNotBeNull();
    }

    [Fact]
    public async Task Error_messages_are_limited_to_600_characters()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.Tags = [];
        for (var i = 0; i < 50; i++)
            request.Tags.Add(new Tag { Key = "aws:" + i, Value = new string('x', 300) });
        var refusal = await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(request));
        refusal.Message.Length.ShouldBe(600);
        refusal.Message.ShouldStartWith("100 validation errors detected: ");
    }

    [Fact]
    public async Task Sensitive_values_are_not_in_errors()
    {
        using var endpoint = new TestEndpoint();
        var request = TestEndpoint.NewService();
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration
        {
            StartCommand = "run --password=hunter2\n",
            RuntimeEnvironmentSecrets = new Dictionary<string, string> { ["DB"] = "hunter2" },
        };
        var refusal = await Should.ThrowAsync<InvalidRequestException>(() => endpoint.SendAsync(request));
        refusal.Message.ShouldContain("StartCommand");
        refusal.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task An_internal_error_is_500_without_details_and_the_endpoint_keeps_serving()
    {
        var clock = new FakeClock(FakeTime.Runs);
        using var endpoint = new TestEndpoint(clock: clock);
        BreakOnce(clock, "some details");
        var response = await endpoint.SendAsync(new Call());
        (response.Status, response.Code, response.Message).ShouldBe((500, "InternalServiceErrorException", "The local App Runner failed while handling the request."));
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_internal_error_is_reported_once_to_the_starter_and_in_the_event_log()
    {
        var clock = new FakeClock(FakeTime.Runs);
        var reports = new ConcurrentQueue<string>();
        using var endpoint = new TestEndpoint(options => options.OnInternalError = reports.Enqueue, clock: clock);
        var service = (await endpoint.SendAsync(TestEndpoint.NewService())).Service!;
        var describe = new Call { Target = "AppRunner.DescribeService", Body = $$"""{"ServiceArn":"{{service.ServiceArn}}"}""" };
        for (var i = 0; i < 2; i++)
        {
            BreakOnce(clock, "some details");
            (await endpoint.SendAsync(describe)).Status.ShouldBe(500);
        }

        BreakOnce(clock, "some details");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(500);

        reports.Count.ShouldBe(2, "The same exception of another operation is another one.");
        var report = reports.First();
        report.ShouldStartWith("The local App Runner failed while handling DescribeService: InvalidOperationException: some details (at AppRunner.");
        reports.Last().ShouldContain("ListServices");
        (await EventsOf("/aws/apprunner-local/endpoint")).ShouldBe(reports.Select(text => "[AppRunner] " + text));
        (await EventsOf($"/aws/apprunner/web1/{service.ServiceId}/service")).Count(line => line == "[AppRunner] " + report).ShouldBe(1);

        async Task<IEnumerable<string>> EventsOf(string group) =>
            (await endpoint.SendAsync(new FilterLogEventsRequest { LogGroupName = group, LogStreamNames = ["events"] })).Events!.Select(line => line.Message!);
    }

    [Fact]
    public async Task After_100_different_internal_errors_one_report_says_that_others_are_not_reported()
    {
        var clock = new FakeClock(FakeTime.Runs);
        var reports = new ConcurrentQueue<string>();
        using var endpoint = new TestEndpoint(options => options.OnInternalError = reports.Enqueue, clock: clock);
        var kinds = typeof(Exception).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract && type.GetConstructor([]) is not null).Take(51).ToArray();
        foreach (var kind in kinds)
        {
            foreach (var target in new[] { "AppRunner.ListServices", "AppRunner.ListConnections" })
            {
                Break(clock, () => (Exception)Activator.CreateInstance(kind)!);
                await endpoint.SendAsync(new Call { Target = target });
            }
        }

        reports.Count.ShouldBe(101);
        reports.Last().ShouldBe("The local App Runner has reported 100 different internal errors. It does not report any others");
    }

    [Theory]
    [InlineData("The input string 'hunter2' was not in a correct format.", true)]
    [InlineData("The given key 'PASSWORD' was not present in the dictionary.", true)]
    [InlineData("Unknown argument --token=hunter3", true)]
    [InlineData("Sequence contains no elements", false)]
    public async Task The_report_of_an_internal_error_has_no_sensitive_value_of_a_request_or_a_service(string message, bool hidden)
    {
        var clock = new FakeClock(FakeTime.Runs);
        var reports = new ConcurrentQueue<string>();
        using var endpoint = new TestEndpoint(options => options.OnInternalError = reports.Enqueue, clock: clock);
        var request = TestEndpoint.NewService();
        request.SourceConfiguration!.ImageRepository!.ImageConfiguration = new ImageConfiguration
        {
            StartCommand = "run --token=hunter3",
            RuntimeEnvironmentVariables = new Dictionary<string, string> { ["PASSWORD"] = "hunter2" },
        };
        BreakOnce(clock, message);
        (await endpoint.SendAsync(new Call { Target = "AppRunner.CreateService", Body = Encoding.UTF8.GetString(WireJson.Write(request)) })).Status.ShouldBe(500);
        await endpoint.SendAsync(request);
        BreakOnce(clock, message);
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(500);

        reports.Count.ShouldBe(2);
        reports.ShouldAllBe(report => report.Contains(message, StringComparison.Ordinal) != hidden);
        reports.ShouldAllBe(report => report.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_internal_error_of_the_clock_itself_is_500_reported_and_logged()
    {
        var clock = new FakeClock(FakeTime.Runs);
        var reports = new ConcurrentQueue<string>();
        using var endpoint = new TestEndpoint(options => options.OnInternalError = reports.Enqueue, clock: clock);
        clock.Asked = () => throw new InvalidOperationException("broken");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(500);
        clock.Asked = null;
        reports.ShouldHaveSingleItem().ShouldContain("broken");
        (await endpoint.SendAsync(new DescribeLogGroupsRequest())).LogGroups!.Single().LogGroupName.ShouldBe("/aws/apprunner-local/endpoint");
    }

    [Fact]
    public async Task An_exception_of_the_report_callback_does_not_change_the_response()
    {
        var clock = new FakeClock(FakeTime.Runs);
        using var endpoint = new TestEndpoint(options => options.OnInternalError = _ => throw new InvalidOperationException("callback"), clock: clock);
        BreakOnce(clock, "some details");
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(500);
    }

    private static void BreakOnce(FakeClock clock, string message) => Break(clock, () => new InvalidOperationException(message));

    // The next call of the clock throws.
    private static void Break(FakeClock clock, Func<Exception> create) => clock.Asked = () =>
    {
        clock.Asked = null;
        throw create();
    };

    private static async Task<TestResponse> RespondedAsync(Call call, int status, string code)
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.SendAsync(call);
        (response.Status, response.Code).ShouldBe((status, code));
        return response;
    }
}
