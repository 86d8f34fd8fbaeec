using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>VPC ingress connections to a private service.</summary>
internal static class VpcIngressConnectionSteps
{
    private const string This = """{ "VpcIngressConnectionArn": "$first.VpcIngressConnection.VpcIngressConnectionArn" }""";
    private const string Nothing = $$"""{ "VpcIngressConnectionArn": "{{Arn}}vpcingressconnection/nothing/{{NoId}}" }""";
    private const string Malformed = """{ "VpcIngressConnectionArn": "way-1" }""";
    private const string To = """ "IngressVpcConfiguration": { "VpcId": "vpc-0123456789abcdef0", "VpcEndpointId": "vpce-0123456789abcdef1" } """;
    private const string Update = $$"""{ "VpcIngressConnectionArn": "$first.VpcIngressConnection.VpcIngressConnectionArn", {{To}} }""";

    public static Part Part { get; } = new("VPC ingress connections",
    [
        Call("ListVpcIngressConnections").Counts("VpcIngressConnectionSummaryList", 0).Lacks("NextToken"),
        Call("CreateService", $$"""{ "ServiceName": "private-1", {{Source}}, "NetworkConfiguration": { "IngressConfiguration": { "IsPubliclyAccessible": false } } }""").As("service"),
        Call("CreateVpcIngressConnection", $$"""{ "ServiceArn": "$service.Service.ServiceArn", "VpcIngressConnectionName": "way-1", {{To}} }""").Fails("InvalidStateException"),
        Pass(),

        Call("CreateVpcIngressConnection", """
            {
              "ServiceArn": "$service.Service.ServiceArn",
              "VpcIngressConnectionName": "way-1",
              "IngressVpcConfiguration": { "VpcId": "vpc-0123456789abcdef0", "VpcEndpointId": "vpce-0123456789abcdef0" },
              "Tags": [ { "Key": "team", "Value": "web" } ]
            }
            """).As("first")
            .Gives("VpcIngressConnection.VpcIngressConnectionName", "way-1")
            .Gives("VpcIngressConnection.ServiceArn", "$service.Service.ServiceArn")
            .Gives("VpcIngressConnection.Status", "PENDING_CREATION")
            .Gives("VpcIngressConnection.AccountId", Run.Account)
            .Gives("VpcIngressConnection.IngressVpcConfiguration.VpcEndpointId", "vpce-0123456789abcdef0")
            .Lacks("VpcIngressConnection.DeletedAt"),
        Call("UpdateVpcIngressConnection", Update).Fails("InvalidStateException"),
        Call("DeleteVpcIngressConnection", This).Fails("InvalidStateException"),
        Pass(),
        Call("DescribeVpcIngressConnection", This).Gives("VpcIngressConnection.Status", "AVAILABLE").Has("VpcIngressConnection.DomainName"),
        Call("CreateVpcIngressConnection", $$"""{ "ServiceArn": "{{NoService}}", "VpcIngressConnectionName": "way-2", {{To}} }""").Fails("InvalidRequestException"),

        Call("CreateVpcIngressConnection", $$"""{ "ServiceArn": "$service.Service.ServiceArn", "VpcIngressConnectionName": "way-2", {{To}} }""").Fails("ServiceQuotaExceededException"),

        // A second connection to a second service, then pages.
        Call("CreateService", $$"""{ "ServiceName": "private-2", {{Source}}, "NetworkConfiguration": { "IngressConfiguration": { "IsPubliclyAccessible": false } } }""").As("other"),
        Pass(),
        Call("CreateVpcIngressConnection", $$"""{ "ServiceArn": "$other.Service.ServiceArn", "VpcIngressConnectionName": "way-2", {{To}} }""").As("second"),
        Pass(),
        Call("ListVpcIngressConnections", """{ "MaxResults": 1 }""").As("page").Counts("VpcIngressConnectionSummaryList", 1).Has("NextToken"),
        Call("ListVpcIngressConnections", """{ "NextToken": "$page.NextToken" }""").Counts("VpcIngressConnectionSummaryList", 1).Lacks("NextToken"),
        Call("ListVpcIngressConnections", """{ "Filter": { "ServiceArn": "$other.Service.ServiceArn" } }""")
            .Counts("VpcIngressConnectionSummaryList", 1)
            .Gives("VpcIngressConnectionSummaryList[0].VpcIngressConnectionArn", "$second.VpcIngressConnection.VpcIngressConnectionArn"),
        Call("ListVpcIngressConnections", """{ "Filter": { "VpcEndpointId": "vpce-0123456789abcdef0" } }""")
            .Counts("VpcIngressConnectionSummaryList", 1)
            .Gives("VpcIngressConnectionSummaryList[0].VpcIngressConnectionArn", "$first.VpcIngressConnection.VpcIngressConnectionArn"),
        Call("ListVpcIngressConnections", """{ "MaxResults": 101 }""").Fails("InvalidRequestException"),

        // Update and deletion.
        Call("UpdateVpcIngressConnection", Update)
            .Gives("VpcIngressConnection.Status", "PENDING_UPDATE")
            .Gives("VpcIngressConnection.IngressVpcConfiguration.VpcEndpointId", "vpce-0123456789abcdef1"),
        Pass(),
        Call("DeleteVpcIngressConnection", This).Gives("VpcIngressConnection.Status", "PENDING_DELETION"),
        Pass(),
        Call("DescribeVpcIngressConnection", This).Gives("VpcIngressConnection.Status", "DELETED").Has("VpcIngressConnection.DeletedAt"),
        Call("ListVpcIngressConnections").Counts("VpcIngressConnectionSummaryList", 1),

        Call("DescribeVpcIngressConnection", Nothing).Fails("ResourceNotFoundException"),
        Call("DescribeVpcIngressConnection", Malformed).Fails("InvalidRequestException"),
        Call("UpdateVpcIngressConnection", $$"""{ "VpcIngressConnectionArn": "{{Arn}}vpcingressconnection/nothing/{{NoId}}", {{To}} }""").Fails("ResourceNotFoundException"),
        Call("UpdateVpcIngressConnection", $$"""{ "VpcIngressConnectionArn": "way-1", {{To}} }""").Fails("InvalidRequestException"),
        Call("DeleteVpcIngressConnection", Nothing).Fails("ResourceNotFoundException"),
        Call("DeleteVpcIngressConnection", Malformed).Fails("InvalidRequestException"),
    ]);
}
