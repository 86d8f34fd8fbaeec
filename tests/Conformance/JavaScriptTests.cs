using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.JavaScript;
using AppRunner.Conformance.Tests.Parts;
using AppRunner.Conformance.Tests.Scenario;
using Shouldly;
using Xunit;

namespace AppRunner.Conformance.Tests;

/// <summary>The local endpoint, called by the AWS SDK for JavaScript.</summary>
public class JavaScriptTests
{
    private static readonly Lazy<Task<PartRuns>> Runs = new(BeginAsync);

    // Not supported by the local endpoint: retention, KMS keys and protection of log groups, and members that CloudWatch no longer returns.
    private static readonly string[] NotGiven =
    [
        "LogGroup.retentionInDays", "LogGroup.kmsKeyId", "LogGroup.dataProtectionStatus", "LogGroup.inheritedProperties", "LogGroup.deletionProtectionEnabled", "LogGroup.bearerTokenAuthenticationEnabled",
        "LogStream.uploadSequenceToken", "FilterLogEventsResponse.searchedLogStreams", "SearchedLogStream.logStreamName", "SearchedLogStream.searchedCompletely",
    ];

    public static TheoryData<string> Parts => [.. AllParts.Parts.Select(part => part.Name)];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task The_AWS_SDK_for_JavaScript_gets_documented_responses(string part) =>
        string.Join('\n', (await (await Runs.Value)[part]).Problems).ShouldBeEmpty();

    [Fact]
    public async Task Every_member_of_every_response_is_returned_at_least_once()
    {
        var seen = (await (await Runs.Value).WhenAll()).SelectMany(report => report.Seen).ToHashSet();
        var all = ShapeTable.Operations.Concat(ShapeTable.LogsOperations).SelectMany(operation => ShapeTable.ReachableFrom(ShapeTable.OutputOf(operation))).Distinct()
            .Where(shape => ShapeTable.TypeOf(ShapeTable.Shape(shape)) == "structure").SelectMany(shape => ShapeTable.MembersOf(shape).Keys.Select(member => $"{shape}.{member}"));
        all.Except(seen).Order().ShouldBe(NotGiven.Order());
    }

    private static async Task<PartRuns> BeginAsync()
    {
        var packages = await NodePackages.GetAsync();
        if (packages.Missing is { } why)
            Assert.Skip(why);
        return new PartRuns(endpoint => new JavaScriptClient(packages, endpoint));
    }
}
