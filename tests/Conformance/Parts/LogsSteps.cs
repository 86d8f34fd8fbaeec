using AppRunner.Conformance.Tests.Scenario;
using static AppRunner.Conformance.Tests.Parts.Examples;
using static AppRunner.Conformance.Tests.Scenario.Step;

namespace AppRunner.Conformance.Tests.Parts;

/// <summary>The logs of services in CloudWatch Logs.</summary>
internal static class LogsSteps
{
    private const string Group = """ "logGroupName": "$groups.logGroups[0].logGroupName" """;
    private const string NoGroup = """ "logGroupName": "/aws/apprunner/missing/service" """;
    private const string Stream = $""" {Group}, "logStreamName": "$deployment.logStreams[0].logStreamName" """;

    public static Part Part { get; } = new("logs",
    [
        Call("CreateService", $$"""{ "ServiceName": "web-1", {{Source}} }"""),
        Call("CreateService", $$"""{ "ServiceName": "web-2", {{Source}} }"""),
        Pass(),

        Call("DescribeLogGroups", """{ "logGroupNamePrefix": "/aws/apprunner/web-1/" }""").As("groups").Counts("logGroups", 1).Gives("logGroups[0].logGroupClass", "STANDARD").Lacks("nextToken"),
        Call("DescribeLogGroups", """{ "logGroupNamePrefix": "/aws/apprunner/", "limit": 1 }""").As("first").Gives("logGroups[0].logGroupName", "$groups.logGroups[0].logGroupName").Has("nextToken"),
        Call("DescribeLogGroups", """{ "logGroupNamePrefix": "/aws/apprunner/", "limit": 1, "nextToken": "$first.nextToken" }""").As("second").Counts("logGroups", 1).Lacks("nextToken"),
        Call("DescribeLogGroups", """{ "logGroupNamePattern": "web-2" }""").Counts("logGroups", 1).Gives("logGroups[0].arn", "$second.logGroups[0].arn"),
        Call("DescribeLogGroups", """{ "logGroupNamePrefix": "a", "logGroupNamePattern": "b" }""").Fails("InvalidParameterException"),

        Call("DescribeLogStreams", $$"""{ {{Group}}, "orderBy": "LastEventTime", "descending": true }""").Counts("logStreams", 2),
        Call("DescribeLogStreams", $$"""{ {{Group}}, "logStreamNamePrefix": "deployment/" }""").As("deployment").Counts("logStreams", 1),
        Call("DescribeLogStreams", $$"""{ {{Group}}, "limit": 1 }""").As("firstStream").Has("nextToken"),
        Call("DescribeLogStreams", $$"""{ {{Group}}, "limit": 1, "nextToken": "$firstStream.nextToken" }""").As("secondStream").Gives("logStreams[0].logStreamName", "events").Lacks("nextToken"),
        Call("DescribeLogStreams", $$"""{ {{NoGroup}} }""").Fails("ResourceNotFoundException"),
        Call("DescribeLogStreams", $$"""{ {{Group}}, "orderBy": "LastEventTime", "logStreamNamePrefix": "deployment/" }""").Fails("InvalidParameterException"),

        Call("FilterLogEvents", $$"""{ {{Group}}, "logStreamNames": [ "events" ] }""").As("events")
            .Counts("events", 5)
            .Gives("events[1].message", "[AppRunner] Service creation started.")
            .Gives("events[4].message", "[AppRunner] Service status is set to RUNNING.")
            .Gives("events[0].logStreamName", "events"),
        Call("FilterLogEvents", """{ "logGroupIdentifier": "$groups.logGroups[0].logGroupArn", "startTime": "$events.events[3].timestamp" }""").Counts("events", 3),
        Call("FilterLogEvents", $$"""{ {{Group}}, "endTime": "$events.events[0].timestamp", "logStreamNamePrefix": "deployment/", "filterPattern": "\"deploy your\" Starting" }""").Counts("events", 1),
        Call("FilterLogEvents", $$"""{ {{Group}}, "limit": 3 }""").As("page").Counts("events", 3).Has("nextToken"),
        Call("FilterLogEvents", $$"""{ {{Group}}, "limit": 4, "nextToken": "$page.nextToken" }""").As("rest").Counts("events", 4).Lacks("nextToken"),
        Call("FilterLogEvents", $$"""{ {{NoGroup}} }""").Fails("ResourceNotFoundException"),
        Call("FilterLogEvents", $$"""{ {{Group}}, "nextToken": "mine" }""").Fails("InvalidParameterException"),

        Call("GetLogEvents", $$"""{ {{Stream}}, "startFromHead": true, "limit": 1 }""").As("head").Counts("events", 1),
        Call("GetLogEvents", $$"""{ {{Stream}}, "nextToken": "$head.nextForwardToken" }""").As("tail").Counts("events", 1),
        Call("GetLogEvents", $$"""{ {{Stream}}, "nextToken": "$tail.nextForwardToken" }""").Counts("events", 0).Gives("nextForwardToken", "$tail.nextForwardToken"),
        Call("GetLogEvents", $$"""{ {{Stream}}, "nextToken": "$tail.nextBackwardToken", "limit": 1 }""").Gives("events[0].message", "$head.events[0].message"),
        Call("GetLogEvents", $$"""{ {{Group}}, "logStreamName": "none" }""").Fails("ResourceNotFoundException"),
        Call("GetLogEvents", $$"""{ {{Stream}}, "nextToken": "mine" }""").Fails("InvalidParameterException"),
    ]);
}
