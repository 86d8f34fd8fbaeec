using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

public class ErrorTests
{
    [Theory]
    [InlineData("""{"__type":"InvalidRequestException","Message":"words"}""", 400, ErrorIds.InvalidParameter)]
    [InlineData("""{"__type":"com.amazonaws.apprunner#InvalidRequestException","message":"words"}""", 400, ErrorIds.InvalidParameter)]
    [InlineData("""{"__type":"InvalidStateException","Message":"words"}""", 400, ErrorIds.InvalidServiceState)]
    [InlineData("""{"__type":"ResourceNotFoundException","Message":"words"}""", 400, ErrorIds.ResourceNotFound)]
    [InlineData("""{"__type":"ServiceQuotaExceededException","Message":"words"}""", 400, ErrorIds.QuotaExceeded)]
    [InlineData("""{"__type":"InternalServiceErrorException","Message":"words"}""", 500, ErrorIds.ServiceError)]
    [InlineData("""{"__type":"ThrottlingException","Message":"words"}""", 400, ErrorIds.Throttled)]
    [InlineData("""{"__type":"UnrecognizedClientException","message":"words"}""", 400, ErrorIds.AuthenticationFailed)]
    [InlineData("""{"__type":"ExpiredTokenException","message":"words"}""", 400, ErrorIds.AuthenticationFailed)]
    [InlineData("""{"__type":"AccessDeniedException","Message":"words"}""", 400, ErrorIds.AccessDenied)]
    [InlineData("""{"code":"AccessDeniedException","errorMessage":"words"}""", 403, ErrorIds.AccessDenied)]
    public async Task An_error_answer_becomes_the_exception_for_its_code_with_the_words_of_the_service(string body, int status, string errorId)
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer(body, status));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldBe("words");
        error.StatusCode.ShouldBe(status);
        error.RequestId.ShouldBe("scripted-id");
    }

    [Fact]
    public async Task The_code_may_stand_in_a_header()
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer(
            """{"message":"words"}""", 400, ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/coral/")));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<ResourceNotFoundException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldBe("words");
    }

    [Fact]
    public async Task An_error_without_words_still_says_something()
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer("""{"__type":"InvalidRequestException"}""", 400));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<InvalidRequestException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldContain("InvalidRequestException");
    }

    [Theory]
    [InlineData(400, ErrorIds.ServiceError)]
    [InlineData(401, ErrorIds.AuthenticationFailed)]
    [InlineData(403, ErrorIds.AccessDenied)]
    [InlineData(404, ErrorIds.ServiceError)]
    [InlineData(429, ErrorIds.Throttled)]
    [InlineData(502, ErrorIds.ServiceError)]
    public async Task A_web_page_in_place_of_an_answer_is_told_with_address_and_status(int status, string errorId)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(status, "text/html", "<html>some proxy</html>"));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldContain(server.Url);
        error.Message.ShouldContain("HTTP " + status);
        error.Message.ShouldContain("text/html");
    }

    [Fact]
    public async Task A_proxy_that_wants_credentials_is_a_network_error_and_nothing_arrived()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(407, "text/html", "who are you"));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<html>Sign in to the hotel's network</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"ServiceSummaryList":7}""")]
    public async Task An_unreadable_answer_to_a_read_is_a_service_error(string body)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(200, "text/html", body));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.ServiceError);
        error.Message.ShouldContain(server.Url);
    }

    [Fact]
    public async Task A_refused_connection_names_the_address()
    {
        var url = ScriptedServer.RefusingUrl();
        using var connection = await Connect.ToAsync(Connect.Settings(url));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.NetworkError);
        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldContain(url);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_was_never_sent_to()
    {
        using var connection = await Connect.ToAsync(Connect.Settings("http://no-such-host.invalid"));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task A_handshake_that_fails_was_never_sent()
    {
        await using var server = new ScriptedServer(ScriptedServer.Raw("this is no TLS"));
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url.Replace("http:", "https:", StringComparison.Ordinal)));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_ends_after_the_time_limit_of_a_call_even_within_the_body(bool afterTheHead)
    {
        await using var server = new ScriptedServer(afterTheHead ? ScriptedServer.Stalling("{", 100) : ScriptedServer.Silence());
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url) with { CallTimeout = TimeSpan.FromSeconds(1) });

        var error = await Should.ThrowAsync<NetworkException>(
            () => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeTrue();
        error.Message.ShouldContain(server.Url);
        error.Message.ShouldContain("within 1 s");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_ends_a_call_at_once_even_within_the_body(bool afterTheHead)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(_ =>
        {
            arrived.TrySetResult();
            return afterTheHead ? ScriptedServer.Stalling("{", 100) : ScriptedServer.Silence();
        });
        using var connection = await Connect.ToAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = connection.SendAsync(Connect.Read(), cancel.Token);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Connect.Promptly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_is_not_sent()
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer("{}"));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<OperationCanceledException>(() => connection.SendAsync(Connect.Read(), new CancellationToken(canceled: true)));

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_is_closed_during_a_call_leaves_it_open_whether_the_request_arrived()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(_ =>
        {
            arrived.TrySetResult();
            return ScriptedServer.Silence();
        });
        var connection = await Connect.ToAsync(server);

        var call = connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        connection.Dispose();

        var error = await Should.ThrowAsync<NetworkException>(() => call.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        error.MayHaveArrived.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
        await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("InvalidOperationException")]
    [InlineData("ArgumentNullException")]
    public async Task A_defect_during_a_call_passes_through_unwrapped(string defect)
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer($$"""{"Defect":"{{defect}}"}"""));
        using var connection = await Connect.ToAsync(server);

        var thrown = await Should.ThrowAsync<Exception>(() => connection.SendAsync(new DefectiveRequest(), TestContext.Current.CancellationToken));

        thrown.GetType().Name.ShouldBe(defect);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("400 error")]
    [InlineData("unreadable")]
    [InlineData("refused")]
    public async Task No_error_shows_the_keys(string failure)
    {
        await using var server = new ScriptedServer(failure == "400 error" ? ScriptedServer.Error("UnrecognizedClientException", "The security token is invalid") : ScriptedServer.Answer("nonsense"));
        var settings = Connect.Settings(failure == "refused" ? ScriptedServer.RefusingUrl() : server.Url) with { SessionToken = "SESSIONTOKENSECRET" };
        using var connection = await Connect.ToAsync(settings);

        var error = await Should.ThrowAsync<AppRunnerException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ToString().ShouldNotContain(Connect.SecretKey);
        error.ToString().ShouldNotContain("SESSIONTOKENSECRET");
    }

    private sealed class DefectiveRequest : AppRunnerRequest<DefectiveResponse>
    {
        public override string Operation => "ListServices";
    }

    // Its property throws while the response is read, as a defect of the Model would.
    private sealed class DefectiveResponse : AppRunnerResponse
    {
        public string? Defect
        {
            get => null;
            set => throw (value == "InvalidOperationException" ? new InvalidOperationException("a defect") : new ArgumentNullException(value));
        }
    }
}
