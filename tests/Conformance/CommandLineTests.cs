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

    // What App Runner does beyond its documentation, seen in real responses.
    private static readonly Part Observed = new("observed",
    [
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "high" }""").As("high").Gives("AutoScalingConfiguration.Status", "active"),
        Call("DeleteAutoScalingConfiguration", """{ "AutoScalingConfigurationArn": "$high.AutoScalingConfiguration.AutoScalingConfigurationArn" }""").Gives("AutoScalingConfiguration.Status", "inactive"),
        Call("DeleteAutoScalingConfiguration", """{ "AutoScalingConfigurationArn": "$high.AutoScalingConfiguration.AutoScalingConfigurationArn" }""")
            .Fails("InvalidRequestException", "The auto scaling configuration you specified has been deleted"),
        Call("CreateConnection", """{ "ConnectionName": "my-github-connection", "ProviderType": "GITHUB" }"""),
        Call("DeleteConnection", $$"""{ "ConnectionArn": "{{Arn}}connection/my-github-connection" }""").Gives("Connection.Status", "DELETED"),
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source.Replace("_PUBLIC\" }", "_PUBLIC\", \"ImageConfiguration\": { \"RuntimeEnvironmentSecrets\": { \"A\": \"arn:aws:ssm:us-east-1:123456789012:parameter/a\" } } }", System.StringComparison.Ordinal)}} }""")
            .Fails("InvalidRequestException", "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets."),
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source.Replace(" } }", " }, \"AutoDeploymentsEnabled\": true }", System.StringComparison.Ordinal)}} }""")
            .Fails("InvalidRequestException", "App Runner doesn't support automatic deployments for an image in an ECR Public repository."),
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}}, "NetworkConfiguration": { "IpAddressType": "DUAL_STACK", "IngressConfiguration": { "IsPubliclyAccessible": false } } }""").As("web")
            .Lacks("Service.ServiceUrl")
            .Gives("Service.NetworkConfiguration.IpAddressType", "IPV4")
            .Gives("Service.AutoScalingConfigurationSummary.Status", "active"),
        Pass(),
        Call("UpdateService", """{ "ServiceArn": "$web.Service.ServiceArn", "ObservabilityConfiguration": { "ObservabilityEnabled": false } }""")
            .Fails("InvalidRequestException", "No configurations provided in the UpdateService request."),
        Do("the id of an operation has 32 hexadecimal digits", run => run.Text("$web.OperationId").ShouldMatch("^[0-9a-f]{32}$")),
    ]);

    [Fact]
    public Task The_AWS_CLI_gets_documented_responses() => ShouldPassAsync(Smoke);

    [Fact]
    public Task The_AWS_CLI_gets_what_App_Runner_was_seen_to_do() => ShouldPassAsync(Observed);

    private static async Task ShouldPassAsync(Part part)
    {
        var tool = await CommandLineTool.GetAsync();
        if (tool.Missing is { } why)
            Assert.Skip(why);

        var report = await Run.PartAsync(part, endpoint => new CommandLineClient(tool.Program, endpoint), once: null);

        string.Join('\n', report.Problems).ShouldBeEmpty();
    }
}
