using System.Collections.Generic;
using System.Linq;
using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Tags on every kind of taggable resource.</summary>
internal static class TagSteps
{
    private const string Created = """ "Tags": [ { "Key": "from", "Value": "creation" } ] """;

    public static Part Part { get; } = new("tags",
    [
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}}, {{Created}}, "NetworkConfiguration": { "IngressConfiguration": { "IsPubliclyAccessible": false } } }""").As("web"),
        Pass(),
        .. Tagging("$web.Service.ServiceArn"),
        .. OnAnother("CreateAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationName": "scaling", {{Created}} }""", "AutoScalingConfiguration"),
        .. OnAnother("CreateConnection", $$"""{ "ConnectionName": "github", "ProviderType": "GITHUB", {{Created}} }""", "Connection"),
        .. OnAnother("CreateObservabilityConfiguration", $$"""{ "ObservabilityConfigurationName": "tracing", {{Created}} }""", "ObservabilityConfiguration"),
        .. OnAnother("CreateVpcConnector", $$"""{ "VpcConnectorName": "vpc-1", "Subnets": [ "subnet-0123456789abcdef0" ], {{Created}} }""", "VpcConnector"),
        .. OnAnother("CreateVpcIngressConnection", $$"""
            {
              "ServiceArn": "$web.Service.ServiceArn", "VpcIngressConnectionName": "way-1", {{Created}},
              "IngressVpcConfiguration": { "VpcId": "vpc-0123456789abcdef0", "VpcEndpointId": "vpce-0123456789abcdef0" }
            }
            """, "VpcIngressConnection"),

        Call("TagResource", """{ "ResourceArn": "$web.Service.ServiceArn", "Tags": [ { "Key": "aws:mine", "Value": "" } ] }""").Fails("InvalidRequestException"),
        Call("TagResource", $$"""{ "ResourceArn": "{{NoService}}", "Tags": [ { "Key": "team", "Value": "web" } ] }""").Fails("ResourceNotFoundException"),
        Call("UntagResource", """{ "ResourceArn": "web-1", "TagKeys": [ "team" ] }""").Fails("InvalidRequestException"),
        Call("UntagResource", $$"""{ "ResourceArn": "{{NoService}}", "TagKeys": [ "team" ] }""").Fails("ResourceNotFoundException"),
        Call("ListTagsForResource", """{ "ResourceArn": "web-1" }""").Fails("InvalidRequestException"),
        Call("ListTagsForResource", $$"""{ "ResourceArn": "{{NoService}}" }""").Fails("ResourceNotFoundException"),
    ]);

    private static IEnumerable<Call> OnAnother(string operation, string input, string kind) =>
        new[] { Call(operation, input).As(kind) }.Concat(Tagging($"${kind}.{kind}.{kind}Arn"));

    private static IEnumerable<Call> Tagging(string arn) =>
    [
        Call("TagResource", $$"""{ "ResourceArn": "{{arn}}", "Tags": [ { "Key": "team", "Value": "web" }, { "Key": "empty", "Value": "" } ] }"""),
        Call("TagResource", $$"""{ "ResourceArn": "{{arn}}", "Tags": [ { "Key": "team", "Value": "api" } ] }"""),
        Call("ListTagsForResource", $$"""{ "ResourceArn": "{{arn}}" }""")
            .Counts("Tags", 3)
            .Gives("Tags[Key=from].Value", "creation")
            .Gives("Tags[Key=team].Value", "api")
            .Gives("Tags[Key=empty].Value", ""),
        Call("UntagResource", $$"""{ "ResourceArn": "{{arn}}", "TagKeys": [ "team", "from", "unknown" ] }"""),
        Call("ListTagsForResource", $$"""{ "ResourceArn": "{{arn}}" }""").Counts("Tags", 1).Gives("Tags[0].Key", "empty"),
    ];
}
