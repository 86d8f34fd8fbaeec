using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>VPC connectors, and a service that uses one.</summary>
internal static class VpcConnectorSteps
{
    private const string Nothing = $$"""{ "VpcConnectorArn": "{{Arn}}vpcconnector/nothing/1/{{NoId}}" }""";
    private const string Malformed = """{ "VpcConnectorArn": "vpc-1" }""";

    public static Part Part { get; } = new("VPC connectors",
    [
        Call("ListVpcConnectors").Counts("VpcConnectors", 0).Lacks("NextToken"),
        Call("CreateVpcConnector", """
            {
              "VpcConnectorName": "vpc-1",
              "Subnets": [ "subnet-0123456789abcdef0", "subnet-0123456789abcdef1" ],
              "SecurityGroups": [ "sg-0123456789abcdef0" ],
              "Tags": [ { "Key": "team", "Value": "web" } ]
            }
            """).As("first")
            .Gives("VpcConnector.VpcConnectorName", "vpc-1")
            .Gives("VpcConnector.VpcConnectorRevision", 1)
            .Gives("VpcConnector.Status", "ACTIVE")
            .Gives("VpcConnector.Subnets[1]", "subnet-0123456789abcdef1")
            .Gives("VpcConnector.SecurityGroups[0]", "sg-0123456789abcdef0")
            .Lacks("VpcConnector.DeletedAt"),
        Call("CreateVpcConnector", """{ "VpcConnectorName": "vpc 1", "Subnets": [ "subnet-0123456789abcdef0" ] }""").Fails("InvalidRequestException"),
        Call("DescribeVpcConnector", """{ "VpcConnectorArn": "$first.VpcConnector.VpcConnectorArn" }""").Gives("VpcConnector.VpcConnectorName", "vpc-1"),
        Call("DescribeVpcConnector", Nothing).Fails("ResourceNotFoundException"),
        Call("DescribeVpcConnector", Malformed).Fails("InvalidRequestException"),

        // Pages.
        Call("CreateVpcConnector", """{ "VpcConnectorName": "vpc-2", "Subnets": [ "subnet-0123456789abcdef0" ] }""").As("second"),
        Call("ListVpcConnectors", """{ "MaxResults": 1 }""").As("page").Counts("VpcConnectors", 1).Has("NextToken"),
        Call("ListVpcConnectors", """{ "MaxResults": 100, "NextToken": "$page.NextToken" }""")
            .Counts("VpcConnectors", 1)
            .Lacks("NextToken"),
        Call("ListVpcConnectors", """{ "MaxResults": 101 }""").Fails("InvalidRequestException"),

        // In use.
        Call("CreateService", $$"""
            {
              "ServiceName": "web-1", {{Source}},
              "NetworkConfiguration": { "EgressConfiguration": { "EgressType": "VPC", "VpcConnectorArn": "$first.VpcConnector.VpcConnectorArn" } }
            }
            """)
            .Gives("Service.NetworkConfiguration.EgressConfiguration.EgressType", "VPC")
            .Gives("Service.NetworkConfiguration.EgressConfiguration.VpcConnectorArn", "$first.VpcConnector.VpcConnectorArn"),
        Call("DeleteVpcConnector", """{ "VpcConnectorArn": "$first.VpcConnector.VpcConnectorArn" }""").Fails("InvalidRequestException"),

        Call("DeleteVpcConnector", """{ "VpcConnectorArn": "$second.VpcConnector.VpcConnectorArn" }""")
            .Gives("VpcConnector.Status", "INACTIVE")
            .Has("VpcConnector.DeletedAt"),
        Call("DescribeVpcConnector", """{ "VpcConnectorArn": "$second.VpcConnector.VpcConnectorArn" }""").Gives("VpcConnector.Status", "INACTIVE"),
        Call("DeleteVpcConnector", Nothing).Fails("ResourceNotFoundException"),
        Call("DeleteVpcConnector", Malformed).Fails("InvalidRequestException"),

        UpToQuota("CreateVpcConnector", 10, """{ "VpcConnectorName": "name-#", "Subnets": [ "subnet-0123456789abcdef0" ] }"""),
    ]);
}
