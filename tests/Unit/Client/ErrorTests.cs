using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

public class ErrorTests
{
    [Theory]
    [InlineData("""{"__type":"InvalidRequestException","Message":"text"}""", 400, ErrorIds.InvalidParameter)]
    [InlineData("""{"__type":"com.amazonaws.apprunner#InvalidRequestException","message":"text"}""", 400, ErrorIds.InvalidParameter)]
    [InlineData("""{"__type":"InvalidStateException","Message":"text"}""", 400, ErrorIds.InvalidServiceState)]
    [InlineData("""{"__type":"ResourceNotFoundException","Message":"text"}""", 400, ErrorIds.ResourceNotFound)]
    [InlineData("""{"__type":"ServiceQuotaExceededException","Message":"text"}""", 400, ErrorIds.QuotaExceeded)]
    [InlineData("""{"__type":"InternalServiceErrorException","Message":"text"}""", 500, ErrorIds.ServiceError)]
    [InlineData("""{"__type":"ThrottlingException","Message":"text"}""", 400, ErrorIds.Throttled)]
    [InlineData("""{"__type":"UnrecognizedClientException","message":"text"}""", 400, ErrorIds.AuthenticationFailed)]
    [InlineData("""{"__type":"ExpiredTokenException","message":"text"}""", 400, ErrorIds.AuthenticationFailed)]
    [InlineData("""{"__type":"AccessDeniedException","Message":"text"}""", 400, ErrorIds.AccessDenied)]
    [InlineData("""{"code":"AccessDeniedException","errorMessage":"text"}""", 403, ErrorIds.AccessDenied)]
    public async Task An_error_response_becomes_the_exception_of_its_code_with_the_message_of_the_service(string body, int status, string errorId)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(body, status));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(errorId);
        error.Message.ShouldBe("text");
        error.StatusCode.ShouldBe(status);
        error.RequestId.ShouldBe("scripted-id");
    }

    [Fact]
    public async Task The_error_code_is_read_from_the_header_too()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(
            """{"message":"text"}""", 400, ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/coral/")));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<ResourceNotFoundException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldBe("text");
    }

    [Fact]
    public async Task An_error_without_a_message_gets_a_default_message()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"__type":"InvalidRequestException"}""", 400));
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
    public async Task An_HTML_response_is_an_error_with_URL_and_status_code(int status, string errorId)
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
    public async Task A_407_of_a_proxy_is_a_NetworkError_whose_request_did_not_arrive()
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
    public async Task An_unreadable_response_to_a_read_is_a_ServiceError(string body)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(200, "text/html", body));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.ServiceError);
        error.Message.ShouldContain(server.Url);
    }

    [Fact]
    public async Task A_refused_connection_is_an_error_with_the_URL()
    {
        var url = ScriptedServer.RefusingUrl();
        using var connection = await Connect.ToAsync(Connect.Settings(url));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.NetworkError);
        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldContain(url);
    }

    [Fact]
    public async Task A_host_name_that_does_not_resolve_means_the_request_did_not_arrive()
    {
        using var connection = await Connect.ToAsync(Connect.Settings("http://no-such-host.invalid"));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
        error.Message.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task A_failed_TLS_handshake_means_the_request_did_not_arrive()
    {
        await using var server = new ScriptedServer(ScriptedServer.Raw("not TLS"));
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url.Replace("http:", "https:", StringComparison.Ordinal)));

        var error = await Should.ThrowAsync<NetworkException>(() => connection.SendAsync(Connect.Change(), TestContext.Current.CancellationToken));

        error.MayHaveArrived.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_times_out_without_a_response_and_within_a_body(bool afterTheHead)
    {
        await using var server = new ScriptedServer(afterTheHead ? ScriptedServer.Stalling("{", 100) : ScriptedServer.Silence());
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url) with { RequestTimeout = TimeSpan.FromSeconds(1) });

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
    public async Task Cancellation_stops_a_call_at_once_even_within_a_body(bool afterTheHead)
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
    public async Task A_call_that_is_cancelled_beforehand_is_not_sent()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<OperationCanceledException>(() => connection.SendAsync(Connect.Read(), new CancellationToken(canceled: true)));

        server.Requests.ShouldBeEmpty();
    }

    // The texts of .NET name byte positions, enumerations and parameters.
    [Theory]
    [InlineData("close", "the connection was closed before the response was complete")]
    [InlineData("reset", "the connection was ")]
    [InlineData("truncated", "the connection was closed before the response was complete")]
    [InlineData("not http", "the response is not valid HTTP")]
    [InlineData("bad chunk", "the response is not valid HTTP")]
    [InlineData("long header", "the response is too large")]
    [InlineData("html", "it is not a JSON object (content type text/html)")]
    [InlineData("empty", "it is empty")]
    [InlineData("cut json", "its JSON is damaged or incomplete")]
    [InlineData("wrong type", "the value of ServiceSummaryList has an unexpected form")]
    [InlineData("deep", "its JSON is nested too deeply or has an unexpected form")]
    [InlineData("refused", "the connection was refused")]
    [InlineData("no tls", "the TLS handshake failed")]
    public async Task A_failure_is_described_in_the_terms_of_HTTP(string failure, string text)
    {
        await using var server = new ScriptedServer(failure switch
        {
            "close" => ScriptedServer.Close(),
            "reset" => ScriptedServer.Reset(),
            "truncated" => ScriptedServer.Truncated("{", 100),
            "not http" => ScriptedServer.Raw("220 mail.example ESMTP\r\n\r\n"),
            "bad chunk" => ScriptedServer.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            "long header" => ScriptedServer.Raw($"HTTP/1.1 200 OK\r\nX: {new string('a', 100_000)}\r\n\r\n"),
            "html" => ScriptedServer.Respond(200, "text/html", "<html>Sign in</html>"),
            "cut json" => ScriptedServer.Respond("""{"ServiceSummaryList":["""),
            "wrong type" => ScriptedServer.Respond("""{"ServiceSummaryList":7}"""),
            "deep" => ScriptedServer.Respond("{\"X\":" + new string('[', 100) + new string(']', 100) + "}"),
            _ => ScriptedServer.Respond(string.Empty),
        });
        var url = failure switch
        {
            "refused" => ScriptedServer.RefusingUrl(),
            "no tls" => server.Url.Replace("http:", "https:", StringComparison.Ordinal),
            _ => server.Url,
        };
        using var connection = await Connect.ToAsync(Connect.Settings(url));

        foreach (var request in new Func<Task>[] { () => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken), () => connection.SendAsync(new DescribeServiceRequest(), TestContext.Current.CancellationToken) })
        {
            var error = await Should.ThrowAsync<AppRunnerException>(request);

            error.Message.ShouldEndWith(".");
            if (failure != "wrong type" || error.Message.Contains("ListServices", StringComparison.Ordinal))
                error.Message.ShouldContain(text);
            foreach (var raw in new[] { "LineNumber", "invalid start", "ResponseEnded", "prematurely", "maximum configured depth", "See inner", "Exception" })
                error.Message.ShouldNotContain(raw);
            if (failure is "html" or "empty")
                error.RecommendedAction.ShouldNotBeNull().ShouldContain("-EndpointUrl");
            if (error.ErrorId == ErrorIds.ServiceError)
                error.ShouldBeAssignableTo<AppRunnerServiceException>();
            if (failure == "wrong type")
                break;
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_response_that_is_not_from_AWS_advises_to_check_the_endpoint_URL(int status)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(status, "text/html", "<html>Hello</html>", ("Location", "https://elsewhere.example/")));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.RecommendedAction.ShouldNotBeNull().ShouldContain("-EndpointUrl");
        error.RecommendedAction.ShouldNotContain("Health Dashboard");
    }

    [Theory]
    [InlineData("https://user:hunter22@sso.example/login?token=SECRETTOKEN#SECRETTOKEN", " to https://sso.example/login")]
    [InlineData("HTTPS://hunter22@sso.example:8443/a/b;session=SECRETTOKEN", " to https://sso.example:8443/a/b")]
    [InlineData("//user:hunter22@sso.example/login?SECRETTOKEN", " to http://sso.example/login")]
    [InlineData("/login?token=SECRETTOKEN", " to SERVER/login")]
    [InlineData("login?next=https://user:hunter22@sso.example/", " to SERVER/login")]
    [InlineData("https://user:hunt?er22@sso.example/SECRETTOKEN", "")]
    [InlineData("app:hunter22@sso.example/SECRETTOKEN", "")]
    public async Task The_target_of_a_redirect_is_shown_without_passwords_and_tokens(string location, string target)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(302, "text/html", "moved", ("Location", location)));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.Message.ShouldStartWith($"{server.Url} returned HTTP 302 with a redirect{target.Replace("SERVER", server.Url, StringComparison.Ordinal)}. This is not");
        var response = error.InnerException.ShouldNotBeNull();
        var all = error + string.Concat(response.GetType().GetProperties().Select(property => property.GetValue(response)));
        foreach (var secret in new[] { "hunt", "er22", "SECRETTOKEN" })
            all.ShouldNotContain(secret);
    }

    // Half of a surrogate pair: .NET throws an InvalidOperationException when it reads the text.
    [Fact]
    public async Task An_error_response_with_invalid_Unicode_is_an_error_of_the_service()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("""{"__type":"InvalidRequestException","Message":"\ud800"}""", 400));
        using var connection = await Connect.ToAsync(server);

        await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("eu\r\nX-Injected: yes")]
    [InlineData("eu-west-1.evil.example/")]
    [InlineData("eu_west_1")]
    public async Task A_malformed_region_is_refused_without_its_line_breaks(string region)
    {
        var error = await Should.ThrowAsync<InvalidParameterException>(() => Connect.ToAsync(Connect.Settings("http://127.0.0.1:1") with { Region = region }));

        error.Message.ShouldContain("not a valid region name");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_connection_closed_during_a_call_is_an_error_whose_request_may_have_arrived()
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
        await using var server = new ScriptedServer(ScriptedServer.Respond($$"""{"Defect":"{{defect}}"}"""));
        using var connection = await Connect.ToAsync(server);

        var thrown = await Should.ThrowAsync<Exception>(() => connection.SendAsync(new DefectiveRequest(), TestContext.Current.CancellationToken));

        thrown.GetType().Name.ShouldBe(defect);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("400 error")]
    [InlineData("unreadable")]
    [InlineData("refused")]
    public async Task No_error_contains_keys(string failure)
    {
        await using var server = new ScriptedServer(failure == "400 error" ? ScriptedServer.Error("UnrecognizedClientException", "The security token is invalid") : ScriptedServer.Respond("nonsense"));
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
