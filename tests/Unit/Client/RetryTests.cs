using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

public class RetryTests
{
    private static readonly Step Fine = ScriptedServer.Answer("{}");

    public static TheoryData<string> Answered => ["500", "502", "503", "504", "throttled", "bare 429", "request timeout"];

    public static TheoryData<string> LostAnswers => ["reset", "close", "truncated", "not json", "not http"];

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task A_read_is_sent_again_after_an_answer_that_may_pass(string failure)
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
    public async Task A_change_is_sent_again_after_an_answer_that_says_it_was_not_carried_out(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure), Fine);
        using var connection = await Connect.ToAsync(server);

        await connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_after_a_second_sending_tells_how_often_it_was_sent()
    {
        await using var server = new ScriptedServer(Failing("500"), ScriptedServer.Error("InvalidRequestException", "Service with the provided name already exists: shop."));
        using var connection = await Connect.ToAsync(server);

        var refused = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        refused.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_request_about_a_service_does_not_find_is_the_service()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("ResourceNotFoundException", "Service with the provided ARN could not be found"));
        using var connection = await Connect.ToAsync(server);

        var missing = await Should.ThrowAsync<ResourceNotFoundException>(() =>
            connection.SendAsync(new DescribeServiceRequest { ServiceArn = "arn:aws:apprunner:eu-west-1:123456789012:service/shop/0123456789abcdef0123456789abcdef" }, TestContext.Current.CancellationToken));

        missing.ErrorId.ShouldBe(ErrorIds.ServiceNotFound);
        missing.Message.ShouldBe("Service with the provided ARN could not be found");
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_read_is_sent_three_times_in_all_where_its_answer_is_lost(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<AppRunnerException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    [InlineData("504")]
    [InlineData("502")]
    public async Task A_change_is_sent_once_where_its_answer_is_lost(string failure)
    {
        await using var server = new ScriptedServer(Failing(failure));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    // A connection that was idle breaks when it is used again: the case that the SDK hides behind up to ten silent sendings.
    [Fact]
    public async Task A_change_over_a_connection_that_broke_after_an_earlier_call_is_sent_once()
    {
        await using var server = new ScriptedServer(Fine, ScriptedServer.Reset());
        using var connection = await Connect.ToAsync(server);
        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        server.Requests.Count(request => request.Headers["X-Amz-Target"] == "AppRunner.PauseService").ShouldBe(1);
    }

    [Fact]
    public async Task An_error_that_will_not_pass_is_not_sent_again()
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InvalidRequestException", "no"));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<InvalidRequestException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_three_times_even_for_a_change()
    {
        var clock = new FakeClock(DateTime.UtcNow, FakeTime.Jumps);
        using var connection = await Connect.ToAsync(Connect.Settings(ScriptedServer.RefusingUrl()), clock);

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
        clock.Delays.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pauses_grow_with_jitter_up_to_one_and_two_seconds()
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

    // The SDK's quota of 500 tokens a process and endpoint would be used up after 50 such calls.
    [Fact]
    public async Task A_hundred_failing_calls_at_once_each_get_all_their_attempts()
    {
        await using var server = new ScriptedServer(Failing("503"));
        using var connection = await Connect.ToAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken))));

        server.Requests.Count.ShouldBe(300);
    }

    [Fact]
    public async Task A_cancellation_ends_a_pause_at_once()
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

    // A computer's clock that is wrong by an hour: the service refuses the signature, and its Date says what time it is.
    [Fact]
    public async Task A_wrong_clock_is_corrected_by_the_time_of_the_service()
    {
        var ahead = DateTime.UtcNow.AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        await using var server = new ScriptedServer(
            ScriptedServer.Answer("""{"__type":"InvalidSignatureException","message":"Signature expired"}""", 403, ("Date", ahead)),
            ScriptedServer.Answer("{}", 200, ("Date", ahead)));
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
    public async Task Calls_at_once_that_a_wrong_clock_failed_are_each_sent_again()
    {
        var ahead = DateTime.UtcNow.AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var expired = ScriptedServer.Answer("""{"__type":"InvalidSignatureException","message":"Signature expired"}""", 403, ("Date", ahead));
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
    public async Task A_refused_signature_is_not_sent_again_where_the_clock_is_right()
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer(
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
