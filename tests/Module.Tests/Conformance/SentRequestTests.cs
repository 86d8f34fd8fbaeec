using System.Linq;
using System.Text.Json.Nodes;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Conformance;

/// <summary>Compares the requests that the cmdlets send with the shapes of the API: required members, no unknown members, valid values.</summary>
public sealed class SentRequestTests(SentRequests sent) : IClassFixture<SentRequests>
{
    public static TheoryData<string> Operations => [.. ShapeTable.Operations];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_request_matches_the_shapes_of_the_API(string operation)
    {
        var requests = sent.All.Where(request => Relay.Operation(request) == operation).ToArray();
        requests.ShouldNotBeEmpty();
        requests.SelectMany(request => new ShapeCheck().Problems(ShapeTable.InputOf(operation), JsonNode.Parse(request.Body)).Select(problem => $"{problem} in {request.Body}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_cmdlet_that_calls_App_Runner_sends_a_request()
    {
        using var session = Session.Plain();
        var remote = session.Run("(Get-Command -Module AppRunner | Where-Object { $_.Parameters.ContainsKey('EndpointUrl') -and $_.Noun -ne 'ARContext' }).Name").All<string>();

        // Cmdlets of the local endpoint Get-ARServiceLog (CloudWatch Logs) and Get-ARServiceMetric (CloudWatch) send no App Runner requests.
        remote.Except(SentRequests.Cmdlets).ShouldBe(["Approve-ARConnection", "Get-ARServiceLog", "Get-ARServiceMetric"]);
    }

    [Fact]
    public void Every_member_of_every_request_is_sent_at_least_once()
    {
        var check = new ShapeCheck();
        foreach (var request in sent.All)
            check.Problems(ShapeTable.InputOf(Relay.Operation(request)), JsonNode.Parse(request.Body));
        var all = ShapeTable.Operations.SelectMany(operation => ShapeTable.ReachableFrom(ShapeTable.InputOf(operation))).Distinct()
            .Where(shape => ShapeTable.Structures.Contains(shape)).SelectMany(shape => ShapeTable.MembersOf(shape).Keys.Select(member => $"{shape}.{member}"));
        all.Except(check.Seen).ShouldBeEmpty();
    }

    [Fact]
    public void Every_request_names_its_operation_and_is_signed_for_App_Runner()
    {
        foreach (var request in sent.All)
        {
            (request.Method, request.Path, request.Headers["Content-Type"]).ShouldBe(("POST", "/", "application/x-amz-json-1.0"));
            request.Headers["X-Amz-Target"].ShouldBe("AppRunner." + Relay.Operation(request));
            ShapeTable.Operations.ShouldContain(Relay.Operation(request));
            request.Headers["Authorization"].ShouldMatch(@"^AWS4-HMAC-SHA256 Credential=\w+/\d{8}/us-east-1/apprunner/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$");
            foreach (var header in new[] { "content-type", "host", "x-amz-date", "x-amz-target" })
                request.Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0].Split(';').ShouldContain(header);
        }
    }
}
