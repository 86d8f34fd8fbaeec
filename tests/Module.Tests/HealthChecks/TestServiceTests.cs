using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.HealthChecks;

public sealed class TestServiceTests
{
    private const string Arn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task An_HTTP_check_requests_its_path()
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "all is well"));
        await using var api = Api(app.Url, """{ "Protocol": "HTTP", "Path": "/health", "Interval": 5, "Timeout": 2 }""");
        using var session = Session.To(api);

        var probe = SingleProbe(session.Run($"Test-ARService {Arn}"));

        probe.Succeeded.ShouldBeTrue(probe.Error);
        (probe.ServiceName, probe.ServiceArn, probe.Url, probe.Protocol).ShouldBe(("web1", Arn, app.Url + "/health", "HTTP"));
        (probe.StatusCode, probe.Body, probe.Error).ShouldBe((200, "all is well", null));
        probe.Latency.ShouldBeGreaterThan(TimeSpan.Zero);
        var request = app.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("GET", "/health"));
        request.Headers.Keys.ShouldNotContain("Authorization");
    }

    [Fact]
    public async Task Protocol_TCP_only_connects()
    {
        await using var app = new ScriptedServer(ScriptedServer.Silence());
        await using var api = Api(app.Url, """{ "Protocol": "TCP", "Path": "/", "Timeout": 2 }""");
        using var session = Session.To(api);

        var probe = SingleProbe(session.Run($"Test-ARService {Arn} -Protocol TCP"));

        probe.Succeeded.ShouldBeTrue(probe.Error);
        (probe.Url, probe.Protocol, probe.StatusCode, probe.Body).ShouldBe((app.Url.Replace("http:", "tcp:"), "TCP", null, null));
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(302, true)]
    [InlineData(404, true)]
    [InlineData(499, true)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task With_a_TCP_check_every_response_of_the_program_is_success(int status, bool succeeded)
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(status, "text/plain", "words"));
        await using var api = Api(app.Url, """{ "Protocol": "TCP", "Path": "/unused" }""");
        using var session = Session.To(api);

        var probe = SingleProbe(session.Run($"Test-ARService {Arn}"));

        (probe.Succeeded, probe.Protocol, probe.StatusCode, probe.Error).ShouldBe((succeeded, "HTTP", status, succeeded ? null : $"status {status}"));
        app.Requests.ShouldHaveSingleItem().Path.ShouldBe("/");
        session.Run($"Test-ARService {Arn} -Quiet").All<bool>().ShouldBe([succeeded]);
        session.Run($"Test-ARService {Arn} -Protocol HTTP -Quiet").All<bool>().ShouldBe([status == 200]);
    }

    [Theory]
    [InlineData("CREATE_FAILED")]
    [InlineData("PAUSED")]
    [InlineData("DELETED")]
    public async Task A_service_that_does_not_run_fails_without_a_request(string status)
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "the load balancer"));
        foreach (var (protocol, parameters) in new[] { ("TCP", ""), ("HTTP", ""), ("TCP", "-Protocol TCP"), ("TCP", "-Path /x") })
        {
            await using var api = Api(app.Url, $$"""{ "Protocol": "{{protocol}}" }""", status);
            using var session = Session.To(api);

            var probe = SingleProbe(session.Run($"Test-ARService {Arn} {parameters}"));

            (probe.Succeeded, probe.Error).ShouldBe((false, status));
            session.Run($"Test-ARService {Arn} -Quiet {parameters}").All<bool>().ShouldBe([false]);
        }

        app.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_path_cannot_be_combined_with_TCP()
    {
        await using var api = Api("http://127.0.0.1:1", """{ "Protocol": "TCP" }""");
        using var session = Session.To(api);

        session.Run($"Test-ARService {Arn} -Protocol TCP -Path /x").ErrorWith("InvalidParameter").ToString().ShouldContain("-Path requires HTTP");
        session.Run($"Test-ARService {Arn} -Protocol UDP").ErrorWith("InvalidParameter").ToString().ShouldContain("'UDP' must be TCP or HTTP");
    }

    [Theory]
    [InlineData("/other?x=1", "/other?x=1")]
    [InlineData("other", "/other")]
    [InlineData("//elsewhere.example/x", "//elsewhere.example/x")]
    public async Task The_Path_parameter_takes_precedence_over_the_health_check(string path, string expectedPath)
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", string.Empty));
        await using var api = Api(app.Url, """{ "Protocol": "TCP" }""");
        using var session = Session.To(api);

        SingleProbe(session.Run($"Test-ARService {Arn} -Path '{path}'")).Succeeded.ShouldBeTrue();

        app.Requests.ShouldHaveSingleItem().Path.ShouldBe(expectedPath);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(302, false)]
    [InlineData(401, false)]
    [InlineData(503, false)]
    public async Task The_status_code_decides_and_a_failed_probe_is_output(int status, bool succeeded)
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(status, "text/plain", "words", ("Location", "http://127.0.0.1:1/")));
        await using var api = Api(app.Url, """{ "Protocol": "HTTP" }""");
        using var session = Session.To(api);

        var result = session.Run($"Test-ARService {Arn}");

        result.ShouldBeClean();
        var probe = SingleProbe(result);
        (probe.Succeeded, probe.StatusCode, probe.Body, probe.Error).ShouldBe((succeeded, status, "words", succeeded ? null : $"status {status}"));
        app.Requests.Count.ShouldBe(1);
        session.Run($"Test-ARService {Arn} -Quiet").All<bool>().ShouldBe([succeeded]);
    }

    [Fact]
    public async Task A_refused_connection_and_a_timeout_are_failed_probes()
    {
        await using var silent = new ScriptedServer(ScriptedServer.Silence());
        foreach (var (url, check, message) in new[]
        {
            (ScriptedServer.RefusingUrl(), "HTTP", "refused"),
            (ScriptedServer.RefusingUrl(), "TCP", "refused"),
            (silent.Url, "HTTP", "no response within 0.2 s"),
        })
        {
            await using var api = Api(url, $$"""{ "Protocol": "{{check}}" }""");
            using var session = Session.To(api);

            var result = session.Run($"Test-ARService {Arn} -Timeout 0.2");

            result.ShouldBeClean();
            var probe = SingleProbe(result);
            (probe.Succeeded, probe.StatusCode, probe.Body).ShouldBe((false, null, null));
            probe.Error.ShouldNotBeNull().ShouldContain(message);
            probe.Latency.ShouldBeGreaterThan(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task An_invalid_response_and_a_reset_are_failed_probes()
    {
        foreach (var step in new[] { ScriptedServer.Raw("garbage\r\n\r\n"), ScriptedServer.Reset(), ScriptedServer.Close() })
        {
            await using var app = new ScriptedServer(step);
            await using var api = Api(app.Url, """{ "Protocol": "HTTP" }""");
            using var session = Session.To(api);

            var probe = SingleProbe(session.Run($"Test-ARService {Arn}"));

            probe.Succeeded.ShouldBeFalse();
            probe.Error.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Only_the_start_of_a_body_is_read()
    {
        await using var app = new ScriptedServer(
            ScriptedServer.Respond(200, "text/plain; charset=utf-8", "x" + new string('é', 100_000)),
            ScriptedServer.Respond(200, "text/plain; charset=no-such", "words"),
            ScriptedServer.Stalling("the beginning", 100));
        await using var api = Api(app.Url, """{ "Protocol": "HTTP" }""");
        using var session = Session.To(api);

        var probes = session.Run($"Test-ARService {Arn} -Count 3 -Interval 0.01 -Timeout 0.5").All<ServiceProbe>();

        probes.Select(probe => probe.Body).ShouldBe(["x" + new string('é', 2047), "words", "the beginning"]);
        probes.ShouldAllBe(probe => probe.Succeeded);
    }

    [Fact]
    public async Task Count_repeats_the_probe_and_Quiet_requires_all_to_succeed()
    {
        await using var app = new ScriptedServer(
            ScriptedServer.Respond(200, "text/plain", "1"), ScriptedServer.Respond(500, "text/plain", "2"), ScriptedServer.Respond(200, "text/plain", "3"),
            ScriptedServer.Respond(200, "text/plain", "4"), ScriptedServer.Respond(500, "text/plain", "5"));
        await using var api = Api(app.Url, """{ "Protocol": "HTTP" }""");
        using var session = Session.To(api);

        session.Run($"Test-ARService {Arn} -Count 3 -Interval 0.01").All<ServiceProbe>().Select(probe => (probe.Body, probe.Succeeded)).ShouldBe([("1", true), ("2", false), ("3", true)]);
        session.Run($"Test-ARService {Arn} -Count 2 -Interval 0.01 -Quiet").All<bool>().ShouldBe([false]);
        app.ConnectionCount.ShouldBe(5);
    }

    [Fact]
    public async Task Quiet_writes_the_Booleans_in_the_order_of_the_services()
    {
        var release = new TaskCompletionSource();
        await using var slow = new ScriptedServer(ScriptedServer.After(release.Task, ScriptedServer.Respond(200, "text/plain", "late")));
        await using var fast = new ScriptedServer(_ =>
        {
            release.TrySetResult();
            return ScriptedServer.Respond(500, "text/plain", "early");
        });
        await using var api = new ScriptedServer(request => Described(request.Body.Contains("web1", StringComparison.Ordinal) ? slow.Url : fast.Url, """{ "Protocol": "HTTP", "Timeout": 10 }"""));
        using var session = Session.To(api);

        session.Run($"'{Arn}', '{Arn.Replace("web1", "web2")}' | Test-ARService -Quiet").All<bool>().ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_localhost_subdomain_connects_to_loopback_shows_the_URL_that_works_and_is_sent_as_Host()
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(200, "text/plain", "here"));
        var host = "abc.us-east-1.localhost" + app.Url[app.Url.LastIndexOf(':')..];
        await using var api = Api(host, """{ "Protocol": "HTTP" }""");
        using var session = Session.To(api);

        var probe = SingleProbe(session.Run($"Test-ARService {Arn}"));

        (probe.Succeeded, probe.Url).ShouldBe((true, app.Url + "/"));
        app.Requests.ShouldHaveSingleItem().Headers["Host"].ShouldBe(host);
        SingleProbe(session.Run($"Test-ARService {Arn} -Timeout 1")).Succeeded.ShouldBeTrue();
        SingleProbe(session.Run($"Test-ARService {Arn} -Path health")).Url.ShouldBe(app.Url + "/health");
    }

    [Fact]
    public void A_simulated_service_gets_no_request()
    {
        using var session = Session.Local();
        session.NewService("simulated");

        var result = session.Run("Get-ARService | Test-ARService");

        result.ShouldBeClean();
        var probe = SingleProbe(result);
        (probe.ServiceName, probe.Succeeded, probe.StatusCode).ShouldBe(("simulated", false, null));
        probe.Error.ShouldNotBeNull().ShouldContain("simulated");
        probe.Url.ShouldNotBeNull().ShouldStartWith("https://");
    }

    [Fact]
    public void A_service_that_cannot_be_read_is_an_error()
    {
        using var session = Session.Local();

        session.Run("Test-ARService missing").ErrorWith("ServiceNotFound");
        session.Run("Test-ARService missing -Quiet").Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-Timeout 0")]
    [InlineData("-Timeout ([TimeSpan]::MaxValue)")]
    [InlineData("-Interval 0")]
    public void An_invalid_time_span_is_rejected(string parameter)
    {
        using var session = Session.Local();

        session.Run($"Test-ARService {Arn} {parameter}").ErrorWith("InvalidParameter").ToString().ShouldContain("must be greater than zero and at most 1 day");
        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public async Task Ctrl_C_cancels_a_probe()
    {
        var requestReceived = new TaskCompletionSource();
        await using var app = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });
        await using var api = Api(app.Url, """{ "Protocol": "HTTP", "Timeout": 20 }""");
        using var session = Session.To(api);

        var (result, took) = await session.StopAsync($"Test-ARService {Arn}", requestReceived.Task);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_cancels_the_interval_between_probes()
    {
        var polled = new TaskCompletionSource();
        await using var app = new ScriptedServer(ScriptedServer.Silence());
        await using var api = Api(app.Url, """{ "Protocol": "TCP", "Interval": 20 }""");
        using var session = Session.To(api);
        session["polled"] = polled;

        var (result, took) = await session.StopAsync($"Test-ARService {Arn} -Protocol TCP -Count 5 | ForEach-Object {{ $polled.SetResult() }}", polled.Task);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_table_shows_the_results()
    {
        await using var app = new ScriptedServer(ScriptedServer.Respond(503, "text/plain", "words"));
        await using var api = Api(app.Url, """{ "Protocol": "HTTP", "Path": "/health" }""");
        using var session = Session.To(api);

        var screen = session.Show($"Test-ARService {Arn}");

        screen.ShouldContain("web1");
        screen.ShouldContain("False");
        screen.ShouldContain("503");
        screen.ShouldContain("status 503");
    }

    private static ScriptedServer Api(string url, string check, string status = "RUNNING") => new(_ => Described(url, check, status));

    private static Step Described(string url, string check, string status = "RUNNING") => async (stream, token) => await ScriptedServer.Respond(
        $$"""{ "Service": { "ServiceName": "web1", "ServiceId": "0123456789abcdef0123456789abcdef", "ServiceArn": "{{Arn}}", "ServiceUrl": "{{url.Replace("http://", string.Empty)}}", "Status": "{{status}}", "HealthCheckConfiguration": {{check}} } }""")(stream, token);

    private static ServiceProbe SingleProbe(RunResult result) => result.All<ServiceProbe>().ShouldHaveSingleItem();
}
