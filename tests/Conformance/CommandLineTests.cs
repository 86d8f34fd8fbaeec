using System.Threading.Tasks;
using AppRunner.Conformance.Tests.CommandLine;
using AppRunner.Conformance.Tests.Scenario;
using Shouldly;
using Xunit;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests;

/// <summary>
/// The local endpoint, called by the AWS CLI: one call of each kind (lists, times, errors, both protocols). A process for each call takes
/// a second; the whole API is called by the JavaScript client.
/// </summary>
public class CommandLineTests
{
    private static readonly Part Smoke = new("smoke",
    [
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}}, "Tags": [ { "Key": "team", "Value": "web" } ] }""").As("web").Has("Service.CreatedAt").Gives("Service.Status", "OPERATION_IN_PROGRESS"),
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}} }""").Fails("InvalidRequestException"),
        Pass(),
        Call("DescribeService", """{ "ServiceArn": "$web.Service.ServiceArn" }""").Gives("Service.Status", "RUNNING"),
        Call("DescribeService", $$"""{ "ServiceArn": "{{Arn}}service/nothing/{{NoId}}" }""").Fails("ResourceNotFoundException"),
        Call("ListTagsForResource", """{ "ResourceArn": "$web.Service.ServiceArn" }""").Gives("Tags[Key=team].Value", "web"),
        Call("DescribeLogGroups").Has("logGroups[0].creationTime"),
        Call("DeleteService", """{ "ServiceArn": "$web.Service.ServiceArn" }"""),
        Pass(),
        Call("ListServices").Counts("ServiceSummaryList", 0),
    ]);

    [Fact]
    public async Task The_AWS_CLI_gets_documented_responses()
    {
        var tool = await CommandLineTool.GetAsync();
        if (tool.Missing is { } why)
            Assert.Skip(why);

        var report = await Run.PartAsync(Smoke, endpoint => new CommandLineClient(tool.Program, endpoint), once: null);

        string.Join('\n', report.Problems).ShouldBeEmpty();
    }
}
