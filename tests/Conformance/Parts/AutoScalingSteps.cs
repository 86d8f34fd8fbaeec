using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>Auto scaling configurations: revisions, the default and the services that use them.</summary>
internal static class AutoScalingSteps
{
    private const string High = $"{Arn}autoscalingconfiguration/high-load";
    private const string Batch = $"{Arn}autoscalingconfiguration/batch";
    private const string Default = $"{Arn}autoscalingconfiguration/DefaultConfiguration";
    private const string Nothing = $$"""{ "AutoScalingConfigurationArn": "{{Arn}}autoscalingconfiguration/nothing/1/{{NoId}}" }""";
    private const string Malformed = """{ "AutoScalingConfigurationArn": "high-load" }""";

    public static Part Part { get; } = new("auto scaling configurations",
    [
        // The initial default configuration.
        Call("ListAutoScalingConfigurations")
            .Counts("AutoScalingConfigurationSummaryList", 1)
            .Gives("AutoScalingConfigurationSummaryList[0].AutoScalingConfigurationName", "DefaultConfiguration")
            .Gives("AutoScalingConfigurationSummaryList[0].IsDefault", true),
        Call("DescribeAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{Default}}/1" }""").As("default")
            .Gives("AutoScalingConfiguration.MaxConcurrency", 100)
            .Gives("AutoScalingConfiguration.MinSize", 1)
            .Gives("AutoScalingConfiguration.MaxSize", 25),

        // Revisions.
        Call("CreateAutoScalingConfiguration", """
            { "AutoScalingConfigurationName": "high-load", "MaxConcurrency": 50, "MinSize": 2, "MaxSize": 10, "Tags": [ { "Key": "team", "Value": "web" } ] }
            """).As("first")
            .Gives("AutoScalingConfiguration.AutoScalingConfigurationRevision", 1)
            .Gives("AutoScalingConfiguration.Latest", true)
            .Gives("AutoScalingConfiguration.Status", "active")
            .Gives("AutoScalingConfiguration.MaxConcurrency", 50)
            .Gives("AutoScalingConfiguration.MinSize", 2)
            .Gives("AutoScalingConfiguration.MaxSize", 10)
            .Gives("AutoScalingConfiguration.HasAssociatedService", false)
            .Gives("AutoScalingConfiguration.IsDefault", false)
            .Lacks("AutoScalingConfiguration.DeletedAt"),
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "high-load" }""").As("second")
            .Gives("AutoScalingConfiguration.AutoScalingConfigurationRevision", 2),
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "too-much", "MaxConcurrency": 201 }""").Fails("InvalidRequestException"),
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "upside-down", "MinSize": 5, "MaxSize": 4 }""").Fails("InvalidRequestException"),
        Call("DescribeAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}" }""")
            .Gives("AutoScalingConfiguration.AutoScalingConfigurationArn", "$second.AutoScalingConfiguration.AutoScalingConfigurationArn"),
        Call("DescribeAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}/1" }""")
            .Gives("AutoScalingConfiguration.AutoScalingConfigurationArn", "$first.AutoScalingConfiguration.AutoScalingConfigurationArn")
            .Gives("AutoScalingConfiguration.Latest", false),
        Call("DescribeAutoScalingConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("DescribeAutoScalingConfiguration", Malformed).Fails("InvalidRequestException"),

        // Pages.
        Call("ListAutoScalingConfigurations", """{ "LatestOnly": true }""").Counts("AutoScalingConfigurationSummaryList", 2),
        Call("ListAutoScalingConfigurations", """{ "AutoScalingConfigurationName": "high-load", "LatestOnly": false, "MaxResults": 1 }""").As("page")
            .Counts("AutoScalingConfigurationSummaryList", 1)
            .Has("NextToken"),
        Call("ListAutoScalingConfigurations", """{ "AutoScalingConfigurationName": "high-load", "LatestOnly": false, "MaxResults": 100, "NextToken": "$page.NextToken" }""")
            .Counts("AutoScalingConfigurationSummaryList", 1)
            .Lacks("NextToken"),
        Call("ListAutoScalingConfigurations", """{ "MaxResults": 101 }""").Fails("InvalidRequestException"),

        // In use.
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}}, "AutoScalingConfigurationArn": "{{High}}" }""").As("web")
            .Gives("Service.AutoScalingConfigurationSummary.AutoScalingConfigurationArn", "$second.AutoScalingConfiguration.AutoScalingConfigurationArn")
            .Gives("Service.AutoScalingConfigurationSummary.AutoScalingConfigurationRevision", 2)
            .Gives("Service.AutoScalingConfigurationSummary.IsDefault", false),
        Call("CreateService", $$"""{ "ServiceName": "web-2", {{Source}}, "AutoScalingConfigurationArn": "{{High}}/2" }"""),
        Call("CreateService", $$"""{ "ServiceName": "web-3", {{Source}}, "AutoScalingConfigurationArn": "{{Arn}}autoscalingconfiguration/nothing" }""").Fails("InvalidRequestException"),
        Call("ListServicesForAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}", "MaxResults": 1 }""").As("users")
            .Counts("ServiceArnList", 1)
            .Gives("ServiceArnList[0]", "$web.Service.ServiceArn")
            .Has("NextToken"),
        Call("ListServicesForAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}", "NextToken": "$users.NextToken" }""")
            .Counts("ServiceArnList", 1)
            .Lacks("NextToken"),
        Call("ListServicesForAutoScalingConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("ListServicesForAutoScalingConfiguration", Malformed).Fails("InvalidRequestException"),
        Call("DescribeAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}" }""").Gives("AutoScalingConfiguration.HasAssociatedService", true),
        Call("DeleteAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}" }""").Fails("InvalidRequestException"),

        // The default.
        Call("DeleteAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{Default}}" }""").Fails("InvalidRequestException"),
        Call("UpdateDefaultAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{High}}/1" }""")
            .Gives("AutoScalingConfiguration.AutoScalingConfigurationArn", "$first.AutoScalingConfiguration.AutoScalingConfigurationArn")
            .Gives("AutoScalingConfiguration.IsDefault", true),
        Call("DescribeAutoScalingConfiguration", """{ "AutoScalingConfigurationArn": "$default.AutoScalingConfiguration.AutoScalingConfigurationArn" }""")
            .Gives("AutoScalingConfiguration.IsDefault", false),
        Call("UpdateDefaultAutoScalingConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("UpdateDefaultAutoScalingConfiguration", Malformed).Fails("InvalidRequestException"),

        // Deletion of one and of all revisions.
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "batch" }"""),
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "batch" }"""),
        Call("CreateAutoScalingConfiguration", """{ "AutoScalingConfigurationName": "batch" }"""),
        Call("DeleteAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{Batch}}/1" }""").As("deleted")
            .Gives("AutoScalingConfiguration.Status", "inactive")
            .Has("AutoScalingConfiguration.DeletedAt"),
        Call("DescribeAutoScalingConfiguration", """{ "AutoScalingConfigurationArn": "$deleted.AutoScalingConfiguration.AutoScalingConfigurationArn" }""")
            .Gives("AutoScalingConfiguration.Status", "inactive"),
        Call("DeleteAutoScalingConfiguration", $$"""{ "AutoScalingConfigurationArn": "{{Batch}}", "DeleteAllRevisions": true }""")
            .Gives("AutoScalingConfiguration.Status", "inactive"),
        Call("ListAutoScalingConfigurations", """{ "AutoScalingConfigurationName": "batch", "LatestOnly": false }""").Counts("AutoScalingConfigurationSummaryList", 0),
        Call("DeleteAutoScalingConfiguration", Nothing).Fails("ResourceNotFoundException"),
        Call("DeleteAutoScalingConfiguration", Malformed).Fails("InvalidRequestException"),

        UpToQuota("CreateAutoScalingConfiguration", 10, """{ "AutoScalingConfigurationName": "name-#" }"""),
    ]);
}
