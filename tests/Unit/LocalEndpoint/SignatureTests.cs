using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Api;
using AppRunner.LocalEndpoint.Http;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.LocalEndpoint;

public class SignatureTests
{
    // The example of AWS's documentation of Signature Version 4: ListUsers of IAM.
    private const string PublishedSignature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
    private const string PublishedDate = "20150830T123600Z";
    private const string PublishedSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly Dictionary<string, string> PublishedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
        ["Host"] = "iam.amazonaws.com",
        ["X-Amz-Date"] = PublishedDate,
    };

    [Fact]
    public void The_signature_matches_the_published_example_of_Signature_Version_4()
    {
        var request = new HttpRequest("GET", "/", "Version=2010-05-08&Action=ListUsers", PublishedHeaders, ReadOnlyMemory<byte>.Empty);
        SignatureV4.Compute(request, ["content-type", "host", "x-amz-date"], PublishedDate, new CredentialScope("20150830", "us-east-1", "iam"), PublishedSecret)
            .ShouldBe(PublishedSignature);
    }

    [Fact]
    public void The_signer_of_these_tests_matches_the_published_example() =>
        RequestSigner.Authorization("GET", "Action=ListUsers&Version=2010-05-08", PublishedHeaders, [], PublishedDate, "us-east-1", "iam", "AKIDEXAMPLE", PublishedSecret)
            .ShouldBe("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=" + PublishedSignature);

    [Fact]
    public async Task A_signed_request_is_accepted()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.SendAsync(new Call());
        response.Status.ShouldBe(200);
        response.ContentType.ShouldBe("application/x-amz-json-1.0");
        Guid.TryParse(response.RequestId, out _).ShouldBeTrue();
        response.Body.ShouldBe("""{"ServiceSummaryList":[]}""");
    }

    [Fact]
    public async Task A_request_without_signature_is_rejected() =>
        await Refused(new Call { Tamper = headers => headers.Remove("Authorization") }, "MissingAuthenticationTokenException");

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00")]
    [InlineData("AWS4-HMAC-SHA256 nothing")]
    [InlineData("AWS4-HMAC-SHA256 ")]
    [InlineData("AWS4-HMAC-SHA256 Signature=1, Signature=2")]
    public async Task A_malformed_Authorization_header_is_rejected(string header) =>
        await Refused(new Call { Tamper = headers => headers["Authorization"] = header }, "IncompleteSignatureException");

    [Fact]
    public async Task An_unknown_access_key_is_rejected() => await Refused(new Call { AccessKey = "AKIAIOSFODNN7EXAMPLE" }, "UnrecognizedClientException");

    [Fact]
    public async Task A_session_token_is_rejected() =>
        await Refused(new Call { Extra = new Dictionary<string, string> { ["X-Amz-Security-Token"] = "token" } }, "UnrecognizedClientException");

    [Fact]
    public async Task A_wrong_secret_key_is_rejected() => await Refused(new Call { SecretKey = "wrong" }, "InvalidSignatureException");

    [Fact]
    public async Task A_signature_for_another_service_is_rejected() => await Refused(new Call { Service = "ecs" }, "InvalidSignatureException");

    [Fact]
    public async Task A_modified_signature_is_rejected() =>
        await Refused(new Call { Tamper = headers => headers["Authorization"] = headers["Authorization"][..^1] + (headers["Authorization"][^1] == '0' ? '1' : '0') }, "InvalidSignatureException");

    [Fact]
    public async Task A_modified_X_Amz_Target_is_rejected() =>
        await Refused(new Call { Tamper = headers => headers["X-Amz-Target"] = "AppRunner.CreateService" }, "InvalidSignatureException");

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Amz-Target")]
    [InlineData("X-Amz-Date")]
    public async Task Host_date_and_target_headers_must_be_signed(string header) =>
        (await Refused(new Call { Unsigned = [header] }, "InvalidSignatureException")).Message.ShouldContain(header.ToLowerInvariant());

    [Fact]
    public async Task A_missing_signed_header_is_rejected() =>
        await Refused(new Call { Extra = new Dictionary<string, string> { ["X-Extra"] = "1" }, Tamper = headers => headers.Remove("X-Extra") }, "InvalidSignatureException");

    [Fact]
    public async Task A_wrong_x_amz_content_sha256_is_rejected() =>
        (await Refused(new Call { Extra = new Dictionary<string, string> { ["X-Amz-Content-Sha256"] = new string('0', 64) } }, "InvalidSignatureException")).Message.ShouldContain("x-amz-content-sha256");

    [Fact]
    public async Task A_correct_x_amz_content_sha256_is_accepted()
    {
        using var endpoint = new TestEndpoint();
        var hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // of {}
        (await endpoint.SendAsync(new Call { Extra = new Dictionary<string, string> { ["X-Amz-Content-Sha256"] = hash } })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_modified_body_is_rejected()
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.ExchangeAsync(endpoint.Head(new Call { Body = "{}" }, "Content-Length: 3\r\nConnection: close\r\n") + "{ }");
        response.ShouldStartWith("HTTP/1.1 403 ");
        response.ShouldContain("InvalidSignatureException");
    }

    [Theory]
    [InlineData(-14, 200)]
    [InlineData(14, 200)]
    [InlineData(-16, 403)]
    [InlineData(16, 403)]
    public async Task A_signature_is_valid_for_15_minutes(int minutes, int status)
    {
        var clock = new FakeClock(new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc));
        using var endpoint = new TestEndpoint(signingClock: clock);
        var response = await endpoint.SendAsync(new Call { SignedAt = clock.UtcNow.AddMinutes(minutes) });
        response.Status.ShouldBe(status);
        if (status == 403)
        {
            response.Code.ShouldBe("InvalidSignatureException");
            response.Message.ShouldStartWith(minutes < 0 ? "Signature expired: 20260504T114400Z" : "Signature not yet current: 20260504T121600Z");
        }
    }

    [Fact]
    public async Task Signature_dates_are_compared_with_the_system_clock()
    {
        using var endpoint = new TestEndpoint();
        endpoint.Clock.Advance(TimeSpan.FromDays(1000));
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task White_space_in_signed_headers_is_collapsed()
    {
        using var endpoint = new TestEndpoint();
        var call = new Call { Extra = new Dictionary<string, string> { ["X-Extra"] = "a b" }, Tamper = headers => headers["X-Extra"] = "  a   b " };
        var response = await endpoint.ExchangeAsync(endpoint.Head(call, "Content-Length: 2\r\nConnection: close\r\n") + "{}");
        response.ShouldStartWith("HTTP/1.1 200 ");
    }

    private static async Task<TestResponse> Refused(Call call, string code)
    {
        using var endpoint = new TestEndpoint();
        var response = await endpoint.SendAsync(call);
        response.Status.ShouldBe(403);
        response.Code.ShouldBe(code);
        response.Message.ShouldNotBeEmpty();
        response.Body.ShouldNotContain(endpoint.Endpoint.SecretKey);
        (await endpoint.SendAsync(new Call())).Status.ShouldBe(200);
        return response;
    }
}
