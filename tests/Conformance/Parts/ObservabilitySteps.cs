using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Observability configurations: revisions and the services that use them.</summary>
internal static class ObservabilitySteps
{
    private const string Tracing = $"{Arn}observabilityconfiguration/tracing";
    private const string Nothing = $$"""{ "ObservabilityConfigurationArn": "{{Arn}}observabilityconfiguration/nothing/1/{{NoId}}" }""";
    private const string Malformed = """{ "ObservabilityConfigurationArn": "tracing" }""";

    public static Part Part { get; } = new("observability configurations",
    [
        Call("CreateObservabilityConfiguration", """
            { "ObservabilityConfigurationName": "tracing", "TraceConfiguration": { "Vendor": "AWSXRAY" }, "Tags": [ { "Key": "team", "Value": "web" } ] }
            """).As("first")
            .Gives("ObservabilityConfiguration.ObservabilityConfigurationRevision", 1)
            .Gives("ObservabilityConfiguration.Latest", true)
            .Gives("ObservabilityConfiguration.Status", "ACTIVE")
            .Gives("ObservabilityConfiguration.TraceConfiguration.Vendor", "AWSXRAY")
            .Lacks("ObservabilityConfiguration.DeletedAt"),
        Call("CreateObservabilityConfiguration", """{ "ObservabilityConfigurationName": "tracing" }""").As("second")
            .Gives("ObservabilityConfiguration.ObservabilityConfigurationRevision", 2)
            .Lacks("ObservabilityConfiguration.TraceConfiguration"),
        Call("CreateObservabilityConfiguration", """{ "ObservabilityConfigurationName": "tracing", "TraceConfiguration": { "Vendor": "OTHER" } }""").Fails("InvalidRequestException"),
        Call("DescribeObservabilityConfiguration", $$"""{ "ObservabilityConfigurationArn": "{{Tracing}}" }""")
            .Gives("ObservabilityConfiguration.ObservabilityConfigurationArn", "$second.ObservabilityConfiguration.ObservabilityConfigurationArn"),
        Call("DescribeObservabilityConfiguration", $$"""{ "ObservabilityConfigurationArn": "{{Tracing}}/1" }""")
            .Gives("ObservabilityConfiguration.ObservabilityConfigurationArn", "$first.ObservabilityConfiguration.ObservabilityConfigurationArn")
            .Gives("ObservabilityConfiguration.Latest", false),
        Call("DescribeObservabilityConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("DescribeObservabilityConfiguration", Malformed).Fails("InvalidRequestException"),

        // Pages.
        Call("ListObservabilityConfigurations", """{ "ObservabilityConfigurationName": "tracing", "LatestOnly": true }""")
            .Counts("ObservabilityConfigurationSummaryList", 1)
            .Gives("ObservabilityConfigurationSummaryList[0].ObservabilityConfigurationRevision", 2),
        Call("ListObservabilityConfigurations", """{ "ObservabilityConfigurationName": "tracing", "LatestOnly": false, "MaxResults": 1 }""").As("page")
            .Counts("ObservabilityConfigurationSummaryList", 1)
            .Has("NextToken"),
        Call("ListObservabilityConfigurations", """{ "ObservabilityConfigurationName": "tracing", "LatestOnly": false, "NextToken": "$page.NextToken" }""")
            .Counts("ObservabilityConfigurationSummaryList", 1)
            .Lacks("NextToken"),
        Call("ListObservabilityConfigurations", """{ "MaxResults": 101 }""").Fails("InvalidRequestException"),

        // In use.
        Call("CreateService", $$"""
            { "ServiceName": "web-1", {{Source}}, "ObservabilityConfiguration": { "ObservabilityEnabled": true, "ObservabilityConfigurationArn": "{{Tracing}}" } }
            """)
            .Gives("Service.ObservabilityConfiguration.ObservabilityEnabled", true)
            .Gives("Service.ObservabilityConfiguration.ObservabilityConfigurationArn", "$second.ObservabilityConfiguration.ObservabilityConfigurationArn"),
        Call("DeleteObservabilityConfiguration", $$"""{ "ObservabilityConfigurationArn": "{{Tracing}}" }""").Fails("InvalidRequestException"),

        Call("DeleteObservabilityConfiguration", $$"""{ "ObservabilityConfigurationArn": "{{Tracing}}/1" }""")
            .Gives("ObservabilityConfiguration.Status", "INACTIVE")
            .Has("ObservabilityConfiguration.DeletedAt"),
        Call("DescribeObservabilityConfiguration", """{ "ObservabilityConfigurationArn": "$first.ObservabilityConfiguration.ObservabilityConfigurationArn" }""")
            .Gives("ObservabilityConfiguration.Status", "INACTIVE"),
        Call("DeleteObservabilityConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("DeleteObservabilityConfiguration", Malformed).Fails("InvalidRequestException"),

        UpToQuota("CreateObservabilityConfiguration", 10, """{ "ObservabilityConfigurationName": "name-#" }"""),
    ]);
}
