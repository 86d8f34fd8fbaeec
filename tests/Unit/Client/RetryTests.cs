using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

public class RetryTests
{
    private static readonly Step Fine = ScriptedServer.Respond("{}");

    public static TheoryData<string> Responded => ["500", "502", "503", "504", "throttled", "bare 429", "request timeout"];

    public static TheoryData<string> LostResponses => ["reset", "close", "truncated", "not json", "not http"];

    [Theory]
    [MemberData(nameof(Responded))]
    public async Task A_read_is_retried_after_a_retryable_error_response(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure), Failing(failure), Fine);
        using var connection = await Connect.ToAsync(server);

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("throttled")]
    [InlineData("bare 429")]
    public async Task A_write_is_retried_after_a_response_that_says_it_had_no_effect(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure), Fine);
        using var connection = await Connect.ToAsync(server);

        await connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_error_after_a_retry_has_the_number_of_attempts()
    {
        await using var server = new ScriptedServer(Failing("500"), ScriptedServer.Error("InvalidRequestException", "Service with the provided name already exists: shop."));
        using var connection = await Connect.ToAsync(server);

        var refused = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        refused.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task ResourceNotFoundException_on_a_service_request_becomes_ServiceNotFound()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("ResourceNotFoundException", "Service with the provided ARN could not be found"));
        using var connection = await Connect.ToAsync(server);

        var missing = await Should.ThrowAsync<ResourceNotFoundException>(() =>
            connection.SendAsync(new DescribeServiceRequest { ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/shop/0123456789abcdef0123456789abcdef" }, TestContext.Current.CancellationToken));

        missing.ErrorId.ShouldBe(ErrorIds.ServiceNotFound);
        missing.Message.ShouldBe("Service with the provided ARN could not be found");
    }

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task A_read_has_three_attempts_if_its_response_is_lost(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<AppRunnerException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(LostResponses))]
    [InlineData("504")]
    [InlineData("502")]
    public async Task A_write_has_one_attempt_if_its_response_is_lost(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    // An idle keep-alive connection breaks when it is reused: the SDK would resend the request silently up to ten times.
    [Fact]
    public async Task A_write_over_a_broken_keep_alive_connection_is_sent_once()
    {
        await using var server = new ScriptedServer(Fine, ScriptedServer.Reset());
        using var connection = await Connect.ToAsync(server);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        server.Requests.Count(request => request.Headers["X-Amz-Target"] == "AppRunner.PauseService").ShouldBe(1);
    }

    [Fact]
    public async Task A_non_retryable_error_is_not_retried()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InvalidRequestException", "no"));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<InvalidRequestException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_connection_is_retried_even_for_a_write()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(Connect.Settings(ScriptedServer.RefusingUrl()), clock);

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
        clock.Delays.Count.ShouldBe(2);
    }

    // As a connection that cannot be made, it says nothing about an earlier attempt.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_may_have_arrived_if_an_attempt_before_a_refusing_proxy_failed(bool failed)
    {
        await using var server = failed
            ? new ScriptedServer(Failing("500"), ScriptedServer.Respond(407, "text/html", "who are you"))
            : new ScriptedServer(Failing("throttled"), ScriptedServer.Respond(407, "text/html", "who are you"));
        using var connection = await Connect.ToAsync(server);

        (await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken))).MayHaveArrived.ShouldBe(failed);
    }

    // A next attempt would be cut off by the time limit of the call while it connects, and then it would not be known whether it was sent.
    [Fact]
    public async Task A_connection_that_cannot_be_made_is_not_tried_again_in_less_than_the_time_to_connect()
    {
        // Accepts connections, and never answers the TLS handshake.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var settings = Connect.Settings($"https://localhost:{((IPEndPoint)silent.LocalEndpoint).Port}") with { RequestTimeout = TimeSpan.FromSeconds(1) };

        var errors = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var connection = await Connect.ToAsync(settings);
            return await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));
        }));

        errors.ShouldAllBe(error => !error.MayHaveArrived && error.Message.StartsWith("Cannot connect to "));
    }

    [Fact]
    public async Task Backoff_grows_with_jitter_up_to_one_and_two_seconds()
    {
        await using var server = new ScriptedServer(Failing("503"));
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(server, clock);

        for (var call = 0; call < 20; call++)
            await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        var first = clock.Delays.Where((_, index) => index % 2 == 0).ToArray();
        var second = clock.Delays.Where((_, index) => index % 2 == 1).ToArray();
        first.ShouldAllBe(pause => pause >= TimeSpan.Zero && pause <= TimeSpan.FromSeconds(1));
        second.ShouldAllBe(pause => pause >= TimeSpan.Zero && pause <= TimeSpan.FromSeconds(2));
        second.Max().ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        first.Distinct().Count().ShouldBeGreaterThan(10);
    }

    // The SDK's retry quota of 500 tokens per process and endpoint would be used up after 50 such calls.
    [Fact]
    public async Task A_hundred_failing_concurrent_calls_each_get_all_attempts()
    {
        await using var server = new ScriptedServer(Failing("503"));
        using var connection = await Connect.ToAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken))));

        server.Requests.Count.ShouldBe(300);
    }

    [Fact]
    public async Task Cancellation_stops_a_backoff_at_once()
    {
        await using var server = new ScriptedServer(Failing("503"));
        var clock = new FakeClock();
        using var connection = await Connect.ToAsync(server, clock);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = connection.SendAsync(Connect.Read(), cancel.Token);
        await clock.DelaysAsync(1, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
        server.Requests.Count.ShouldBe(1);
    }

    // Clock skew of an hour: the service refuses the signature, and its Date header has the correct time.
    [Fact]
    public async Task Clock_skew_is_corrected_by_the_Date_of_the_response()
    {
        var ahead = DateTime.UtcNow.AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using var server = new ScriptedServer(
            ScriptedServer.Respond("""{"__type":"InvalidSignatureException","message":"Signature expired"}""", 403, ("Date", ahead)),
            ScriptedServer.Respond("{}", 200, ("Date", ahead)));
        using var connection = await Connect.ToAsync(server);

        await connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken);
        await connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken);

        server.Requests.Count.ShouldBe(3);
        foreach (var request in server.Requests.Skip(1))
        {
            var signed = DateTime.ParseExact(request.Headers["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            signed.ShouldBeGreaterThan(DateTime.UtcNow.AddMinutes(55));
        }
    }

    [Fact]
    public async Task Concurrent_calls_that_fail_by_clock_skew_are_each_retried()
    {
        var ahead = DateTime.UtcNow.AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var expired = ScriptedServer.Respond("""{"__type":"InvalidSignatureException","message":"Signature expired"}""", 403, ("Date", ahead));
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var server = new ScriptedServer(_ =>
        {
            var number = Interlocked.Increment(ref arrived);
            if (number == 8)
                all.SetResult();
            return number <= 8 ? ScriptedServer.After(all.Task, expired) : Fine;
        });
        using var connection = await Connect.ToAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken)));

        arrived.ShouldBe(16);
    }

    [Fact]
    public async Task A_refused_signature_is_not_retried_without_clock_skew()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(
            """{"__type":"InvalidSignatureException","message":"no"}""", 403, ("Date", DateTime.UtcNow.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(1);
    }

    private static Step Failing(string failure) => failure switch
    {
        "500" => ScriptedServer.Error("InternalServiceErrorException", "sorry", 500),
        "502" => ScriptedServer.Respond(502, "text/html", "<html>Bad gateway</html>"),
        "503" => ScriptedServer.Error("ServiceUnavailable", "busy", 503),
        "504" => ScriptedServer.Respond(504, "text/html", "<html>Gateway timeout</html>"),
        "throttled" => ScriptedServer.Error("ThrottlingException", "slower"),
        "bare 429" => ScriptedServer.Respond(429, "text/plain", "slower"),
        "request timeout" => ScriptedServer.Error("RequestTimeoutException", "too slow", 408),
        "reset" => ScriptedServer.Reset(),
        "close" => ScriptedServer.Close(),
        "truncated" => ScriptedServer.Truncated("""{"ServiceSummaryList":[""", 500),
        "not json" => ScriptedServer.Respond(200, "text/html", "<html>Sign in to the hotel's network</html>"),
        "not http" => ScriptedServer.Raw("220 mail.example ESMTP\r\n\r\n"),
        _ => throw new ArgumentException(failure),
    };
}
