using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Model;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Client;

public class SendingTests
{
    [Fact]
    public async Task A_request_is_sent_as_awsJson1_0_and_its_response_is_typed()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(
            """{"ServiceSummaryList":[{"ServiceName":"web","Status":"RUNNING","CreatedAt":1767225600.5,"Unknown":{"x":1}}],"NextToken":"more"}""",
            200,
            ("Date", "Thu, 01 Jan 2026 00:00:00 GMT")));
        using var connection = await Connect.ToAsync(server);

        var response = await connection.SendAsync(new ListServicesRequest { MaxResults = 5 }, TestContext.Current.CancellationToken);

        response.ServiceSummaryList!.Single().ServiceName.ShouldBe("web");
        response.NextToken.ShouldBe("more");
        response.RequestId.ShouldBe("scripted-id");
        response.ServerTime.ShouldBe(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var request = server.Requests.Single();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/");
        request.Headers["X-Amz-Target"].ShouldBe("AppRunner.ListServices");
        request.Headers["Content-Type"].ShouldBe("application/x-amz-json-1.0");
        request.Headers["User-Agent"].ShouldContain("AppRunner");
        request.Headers.Keys.ShouldNotContain("Expect");
        request.Body.ShouldBe("""{"MaxResults":5}""");
    }

    [Fact]
    public async Task Collections_missing_in_the_response_are_empty()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(server);

        var response = await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        response.ServiceSummaryList.ShouldNotBeNull().ShouldBeEmpty();
    }

    // With a custom endpoint URL the signer would try to take the region from the URL, which has none.
    [Theory]
    [InlineData("eu-west-1")]
    [InlineData("ap-nowhere-9")]
    public async Task A_request_to_a_custom_endpoint_URL_is_signed_for_the_region(string region)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url) with { Region = region });

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        var request = server.Requests.Single();
        request.Headers["Authorization"].ShouldContain($"/{region}/apprunner/aws4_request");
        SignatureIn(request).ShouldBe(SignatureOf(request, region));
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url) with { SessionToken = "the-token" });

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        var request = server.Requests.Single();
        request.Headers["X-Amz-Security-Token"].ShouldBe("the-token");
        request.Headers["Authorization"].ShouldContain("x-amz-security-token");
        SignatureIn(request).ShouldBe(SignatureOf(request, "eu-west-1"));
    }

    [Fact]
    public async Task The_path_of_an_endpoint_URL_is_kept()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(Connect.Settings(server.Url + "/base"));

        await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        var request = server.Requests.Single();
        request.Path.ShouldBe("/base/");
        SignatureIn(request).ShouldBe(SignatureOf(request, "eu-west-1"));
    }

    [Fact]
    public async Task Sequential_calls_reuse_one_TCP_connection()
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond("{}"));
        using var connection = await Connect.ToAsync(server);

        for (var call = 0; call < 20; call++)
            await connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken);

        server.ConnectionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Sixty_four_calls_run_concurrently()
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        await using var server = new ScriptedServer(_ =>
        {
            if (System.Threading.Interlocked.Increment(ref arrived) == 64)
                all.SetResult();
            return ScriptedServer.After(all.Task, ScriptedServer.Respond("{}"));
        });
        using var connection = await Connect.ToAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken)))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        arrived.ShouldBe(64);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var elsewhere = new ScriptedServer(ScriptedServer.Respond("{}"));
        await using var server = new ScriptedServer(ScriptedServer.Respond(307, "text/html", "moved", ("Location", elsewhere.Url + "/")));
        using var connection = await Connect.ToAsync(server);

        var error = await Should.ThrowAsync<AppRunnerServiceException>(() => connection.SendAsync(Connect.Read(), TestContext.Current.CancellationToken));

        error.ErrorId.ShouldBe(ErrorIds.ServiceError);
        error.Message.ShouldContain(elsewhere.Url);
        elsewhere.Requests.ShouldBeEmpty();
    }

    private static string SignatureIn(ReceivedRequest request) => Regex.Match(request.Headers["Authorization"], "Signature=([0-9a-f]+)").Groups[1].Value;

    private static string SignatureOf(ReceivedRequest request, string region)
    {
        var signed = Regex.Match(request.Headers["Authorization"], "SignedHeaders=([^,]+)").Groups[1].Value;
        var date = request.Headers["X-Amz-Date"];
        var canonical = new StringBuilder("POST\n").Append(request.Path).Append("\n\n");
        foreach (var name in signed.Split(';'))
            canonical.Append(name).Append(':').Append(request.Headers[name]).Append('\n');
        canonical.Append('\n').Append(signed).Append('\n').Append(Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body))));
        var scope = $"{date[..8]}/{region}/apprunner/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = new[] { date[..8], region, "apprunner", "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + Connect.SecretKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
