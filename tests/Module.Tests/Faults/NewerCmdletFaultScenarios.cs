using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;

namespace AppRunner.Module.Tests.Faults;

/// <summary>Faults of CloudWatch and CloudWatch Logs, and of App Runner during Publish-, Compare- and Export-ARService and Test-ARServiceMigration.</summary>
internal static class NewerCmdletFaultScenarios
{
    private const string Metric = "Get-ARServiceMetric " + FaultServer.Arn + " Requests";
    private const string Log = "Get-ARServiceLog " + FaultServer.Arn;
    private const string Publish = "Publish-ARService web1 " + Session.Image + " -Memory 4 -Confirm:$false -PollInterval 0.02";
    private const string Folder = "([IO.Path]::GetTempPath() + 'apprunner-faults-' + [guid]::NewGuid())";

    private static readonly string[] Readers =
    [
        "Export-ARService " + FaultServer.Arn + " " + Folder + " -Format Terraform",
        "Export-ARService " + FaultServer.Arn + " " + Folder + " -Format CloudFormation -IncludeShared",
        "Test-ARServiceMigration " + FaultServer.Arn,
        "Compare-ARService web1 -ImageIdentifier " + Session.Image + " -Tag @{ a = '1' }",
        "Publish-ARService web1 " + Session.Image + " -Tag @{ a = '1' } -WhatIf",
    ];

    public static IEnumerable<FaultScenario> All { get; } = [.. ForeignResponses(), .. Metrics(), .. Logs(), .. Reading(), .. Publishing()];

    // Nothing that is not from the service is told as an error of the service.
    private static IEnumerable<FaultScenario> ForeignResponses()
    {
        foreach (var (cmdlet, service) in ((string, string)[])[(Metric, "CloudWatch"), (Log, "CloudWatch Logs"), (Readers[0], "App Runner"), (Readers[2], "App Runner"), (Readers[3], "App Runner"), (Publish, "App Runner")])
        {
            foreach (var (name, response, text) in ((string, Step, string)[])[
                ("an error in XML", ScriptedServer.Respond(403, "text/xml", "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"), $"HTTP 403 with text/xml. This is not a response from {service}:"),
                ("404 from a web server", ScriptedServer.Respond(404, "text/html", "<html>Not found</html>"), $"HTTP 404 with text/html. This is not a response from {service}:"),
                ("a redirect", ScriptedServer.Respond(301, "text/html", "moved", ("Location", "https://elsewhere.example/")), "with a redirect to https://elsewhere.example/."),
                ("a web page", ScriptedServer.Respond(200, "text/html", "<html>Sign in</html>"), "it is not a JSON object (content type text/html)."),
            ])
            {
                yield return new($"{NameOf(cmdlet)} gets {name}", cmdlet,
                    (_, _, _) => response,
                    run =>
                    {
                        var error = ErrorOf(run);
                        error.ToString().ShouldContain(text);
                        error.ErrorDetails.RecommendedAction.ShouldContain("Check the endpoint URL");
                    });
            }

            yield return new($"{NameOf(cmdlet)} gets no response, -RequestTimeout 1", cmdlet + " -RequestTimeout 1",
                (_, _, _) => ScriptedServer.Silence(),
                run =>
                {
                    run.Result.ErrorWith(ErrorIds.NetworkError).ToString().ShouldEndWith("within 1 s.");
                    run.Time.ShouldBeLessThan(TimeSpan.FromSeconds(10));
                });
        }
    }

    private static IEnumerable<FaultScenario> Metrics()
    {
        foreach (var (name, result, text) in ((string, string, string)[])[
            ("a null among the results", "null", "MetricDataResults contains null"),
            ("a null among the values", """{"Id":"m0","Timestamps":[1,2],"Values":[1,null]}""", "Values"),
            ("a null among the times", """{"Id":"m0","Timestamps":[1,null],"Values":[1,2]}""", "A time must be a number"),
            ("a time out of range", """{"Id":"m0","Timestamps":[1e300],"Values":[1]}""", "A time must be a number"),
            ("a value that is text", """{"Id":"m0","Timestamps":[1],"Values":["many"]}""", "Values"),
            ("more times than values", """{"Id":"m0","Timestamps":[1,2],"Values":[1]}""", "different numbers of times (2) and values (1) for Requests Sum"),
            ("a value that is too large", """{"Id":"m0","Timestamps":[1],"Values":[1e999]}""", "a value that is too large for Requests Sum"),
        ])
        {
            yield return new($"GetMetricData returns {name}", Metric,
                (_, _, _) => ScriptedServer.Respond($$"""{"MetricDataResults":[{{result}}]}"""),
                run => ErrorOf(run, ErrorIds.ServiceError).ToString().ShouldContain(text));
        }

        yield return new("GetMetricData returns results that were not asked for", Metric,
            (_, operation, _) => operation == "GetMetricData" ? ScriptedServer.Respond("""{"MetricDataResults":[{},{"Id":""},{"Id":"x"},{"Id":"m-1"},{"Id":"m7","Timestamps":[1],"Values":[1]},{"Id":"m99999999999"}]}""") : null,
            run => run.Result.All<ServiceMetric>().ShouldHaveSingleItem().Points.ShouldBeEmpty());
        yield return new("GetMetricData returns nothing, and there is no such service", Metric,
            (_, operation, _) => operation == "GetMetricData" ? ScriptedServer.Respond("{}") : FaultServer.Missing,
            run => run.Result.ErrorWith(ErrorIds.ServiceNotFound));
        yield return new("GetMetricData returns points of another time", Metric + " | Format-Table | Out-String",
            (_, operation, _) => operation == "GetMetricData" ? ScriptedServer.Respond("""{"MetricDataResults":[{"Id":"m0","Timestamps":[-1,0,9999999999],"Values":[-5,0,1e308]}]}""") : null,
            run => run.Result.Output.ShouldHaveSingleItem()!.ToString().ShouldContain("Requests"));
        yield return new("GetMetricData returns the same NextToken for ever", Metric,
            (_, _, _) => ScriptedServer.Respond("""{"MetricDataResults":[],"NextToken":"again"}"""),
            run => ErrorOf(run, ErrorIds.ServiceError).ToString().ShouldContain("the same NextToken twice"));
        yield return new("GetMetricData is denied", Metric,
            (_, _, _) => FaultServer.Denied,
            run => run.Result.ErrorWith(ErrorIds.AccessDenied).ErrorDetails.RecommendedAction.ShouldContain("cloudwatch:GetMetricData"));
        yield return new("GetMetricData is throttled", Metric,
            (_, _, _) => FaultServer.Throttled,
            run => run.Result.ErrorWith(ErrorIds.Throttled).ErrorDetails.RecommendedAction.ShouldContain("Wait"));
        yield return new("GetMetricData may not read a metric", Metric,
            (_, operation, _) => operation == "GetMetricData" ? ScriptedServer.Respond("""{"MetricDataResults":[{"Id":"m0","StatusCode":"Forbidden"}]}""") : null,
            run => run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("only a part of Requests"));
    }

    private static IEnumerable<FaultScenario> Logs()
    {
        yield return new("FilterLogEvents returns a null among the events", Log,
            (_, _, _) => ScriptedServer.Respond("""{"events":[null]}"""),
            run => ErrorOf(run, ErrorIds.ServiceError).ToString().ShouldContain("contains null"));
        yield return new("FilterLogEvents returns events without content, and times out of range", Log,
            (_, _, _) => ScriptedServer.Respond("""{"events":[{},{"timestamp":9223372036854775807,"message":"late"},{"timestamp":-9223372036854775808,"message":"early"}]}"""),
            run => run.Result.All<ServiceLogRecord>().Select(line => line.Message ?? string.Empty).ShouldBe([string.Empty, "late", "early"], ignoreOrder: true));
        yield return new("GetLogEvents returns streams and events without content, -Tail", Log + " -Tail 3",
            (_, operation, _) => ScriptedServer.Respond(operation == "DescribeLogStreams" ? """{"logStreams":[{},{"logStreamName":"events","lastEventTimestamp":9223372036854775807}]}""" : """{"events":[{"timestamp":9223372036854775807,"message":"late"}]}"""),
            run => run.Result.All<ServiceLogRecord>().ShouldAllBe(line => line.Message == "late"));
        yield return new("FilterLogEvents returns the same nextToken for ever", Log,
            (_, _, _) => ScriptedServer.Respond("""{"events":[],"nextToken":"again"}"""),
            run => ErrorOf(run, ErrorIds.ServiceError).ToString().ShouldContain("the same NextToken twice"));
        yield return new("FilterLogEvents is throttled", Log,
            (_, _, _) => FaultServer.Throttled,
            run => run.Result.ErrorWith(ErrorIds.Throttled).ErrorDetails.RecommendedAction.ShouldContain("Wait"));
    }

    // Export, comparison and migration read everything of a service: no response makes a defect of the module or a half result.
    private static IEnumerable<FaultScenario> Reading()
    {
        foreach (var cmdlet in Readers)
        {
            yield return new($"DescribeService returns an empty service to {NameOf(cmdlet)}", cmdlet,
                (_, operation, _) => operation == "DescribeService" ? ScriptedServer.Respond("""{"Service":{}}""") : null,
                run => NotRead(run, "incomplete"));
            yield return new($"A null in the tags for {NameOf(cmdlet)}", cmdlet,
                (_, operation, _) => operation == "ListTagsForResource" ? ScriptedServer.Respond("""{"Tags":[null]}""") : null,
                run =>
                {
                    if (run.Server.CountOf("ListTagsForResource") > 0)
                        NotRead(run, "Tags contains null");
                });

            // A file for all services is not written then, which is an error of its own.
            void NotRead(FaultRun run, string why)
            {
                run.Result.Output.ShouldBeEmpty();
                run.Result.Errors.Count.ShouldBe(cmdlet.Contains("IncludeShared", StringComparison.Ordinal) ? 2 : 1);
                run.Result.Errors[0].Id().ShouldBe(ErrorIds.ServiceError);
                run.Result.Errors[0].ToString().ShouldContain(why);
                CheckMessage(run.Result.Errors[0]);
            }

            foreach (var (name, members) in ((string, string)[])[
                ("only an ARN and a name", string.Empty),
                ("empty parts", ""","SourceConfiguration":{},"InstanceConfiguration":{},"HealthCheckConfiguration":{},"NetworkConfiguration":{},"AutoScalingConfigurationSummary":{},"ObservabilityConfiguration":{},"EncryptionConfiguration":{}"""),
                ("empty parts of parts", ""","SourceConfiguration":{"ImageRepository":{"ImageConfiguration":{"RuntimeEnvironmentVariables":{"A":null}}},"AuthenticationConfiguration":{}},"NetworkConfiguration":{"EgressConfiguration":{},"IngressConfiguration":{}},"ObservabilityConfiguration":{"ObservabilityEnabled":true}"""),
                ("code without a version", ""","SourceConfiguration":{"CodeRepository":{"CodeConfiguration":{"CodeConfigurationValues":{}}}}"""),
                ("values of the wrong kind", ""","Status":"NEW","InstanceConfiguration":{"Cpu":"many","Memory":""},"HealthCheckConfiguration":{"Protocol":"GOPHER","Interval":-1}"""),
                ("broken ARNs", ""","NetworkConfiguration":{"EgressConfiguration":{"EgressType":"VPC","VpcConnectorArn":"arn:aws:apprunner:us-east-1\r\nX-Injected: yes:1:vpcconnector/a/1/b"}},"AutoScalingConfigurationSummary":{"AutoScalingConfigurationArn":"\r\nX-Injected: yes"}"""),
            ])
            {
                yield return new($"DescribeService returns a service with {name} to {NameOf(cmdlet)}", cmdlet,
                    (_, operation, _) => operation switch
                    {
                        "DescribeService" => ScriptedServer.Respond($$"""{"Service":{"ServiceArn":"{{FaultServer.Arn}}","ServiceName":"web1","ServiceId":"0123456789abcdef0123456789abcdef"{{members}} } }"""),
                        "ListTagsForResource" => ScriptedServer.Respond("""{"Tags":[]}"""),
                        _ => null,
                    },
                    run =>
                    {
                        run.Result.Ended.ShouldBeNull();
                        foreach (var error in run.Result.Errors)
                            CheckMessage(error);
                        run.Server.Server.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("X-Injected"));
                        run.Server.Operations.ShouldAllBe(operation => !operation.StartsWith("Create", StringComparison.Ordinal) && !operation.StartsWith("Update", StringComparison.Ordinal));
                    });
            }
        }

        yield return new("DescribeService returns a name that leads out of the folder to Export-ARService", Readers[0],
            (_, operation, _) => operation == "DescribeService" ? ScriptedServer.Respond($$"""{"Service":{"ServiceArn":"{{FaultServer.Arn}}","ServiceName":"../web1","ServiceId":"0123456789abcdef0123456789abcdef"} }""") : null,
            run =>
            {
                run.Result.Output.ShouldBeEmpty();
                foreach (var error in run.Result.Errors)
                    CheckMessage(error);
                run.Result.Errors.ShouldNotBeEmpty();
            });
    }

    private static IEnumerable<FaultScenario> Publishing()
    {
        // Publish-ARService compares the service as it was with what it is before an update, so nothing of it may change.
        var described = FaultServer.Described();
        yield return new("Publish-ARService: CreateService is reset, ListServices is denied then", Publish,
            (server, operation, _) => operation switch
            {
                "CreateService" => ScriptedServer.Reset(),
                "ListServices" => server.CountOf("CreateService") > 0 ? FaultServer.Denied : ScriptedServer.Respond("""{"ServiceSummaryList":[]}"""),
                _ => null,
            },
            run => NotKnown(run, ErrorIds.NetworkError, "Get-ARService 'web1'"));
        yield return new("Publish-ARService: UpdateService is reset, ListOperations is denied", Publish,
            (_, operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => FaultServer.Denied, "DescribeService" => described, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, $"Get-AROperation '{FaultServer.Arn}'"));
        yield return new("Publish-ARService -Recreate: the service is deleted, CreateService is refused", Publish + " -Recreate -EncryptionConfiguration @{ KmsKey = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef' }",
            (server, operation, _) => operation switch
            {
                "CreateService" => ScriptedServer.Error("ServiceQuotaExceededException", "Too many services."),
                "DeleteService" => null,
                _ when server.CountOf("DeleteService") > 0 => FaultServer.Missing,
                _ => null,
            },
            run =>
            {
                var error = run.Result.ErrorWith(ErrorIds.QuotaExceeded);
                error.ToString().ShouldBe($"Too many services. The service {FaultServer.Arn} was deleted before.");
                run.Server.CountOf("DeleteService").ShouldBe(1);
            });
        yield return new("Publish-ARService: the tags are changed, UpdateService is denied", Publish + " -Tag @{ a = '1' }",
            (_, operation, _) => operation switch
            {
                "ListTagsForResource" => ScriptedServer.Respond("""{"Tags":[]}"""),
                "TagResource" => ScriptedServer.Respond("{}"),
                "UpdateService" => FaultServer.Denied,
                "DescribeService" => described,
                _ => null,
            },
            run => run.Result.ErrorWith(ErrorIds.AccessDenied).ToString().ShouldEndWith("The tags of the service were changed before."));
        yield return new("Publish-ARService: an update succeeds, the DescribeService after it fails", Publish + " -Wait",
            (server, operation, _) => operation switch
            {
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, OperationStatus.Succeeded),
                "DescribeService" => server.CountOf("UpdateService") > 0 ? FaultServer.Denied : described,
                _ => null,
            },
            run =>
            {
                run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("succeeded");
            });
    }

    private static string NameOf(string cmdlet) => cmdlet.Split(' ')[0] + (cmdlet.Contains(" -Format ", StringComparison.Ordinal) ? " -Format" + cmdlet.Split(" -Format")[1] : string.Empty);

    private static System.Management.Automation.ErrorRecord ErrorOf(FaultRun run, string? id = null)
    {
        run.Result.Output.ShouldBeEmpty();
        var error = run.Result.Errors.ShouldHaveSingleItem();
        if (id is not null)
            error.Id().ShouldBe(id, error.ToString());
        CheckMessage(error);
        error.ErrorDetails.RecommendedAction.ShouldNotContain("no advice");
        return error;
    }

    // No words of .NET.
    private static void CheckMessage(System.Management.Automation.ErrorRecord error)
    {
        error.Id().ShouldNotBe(ErrorIds.InternalError, error.ToString());
        error.ToString().ShouldEndWith(".");
        foreach (var raw in new[] { "LineNumber", "invalid start", "(ResponseEnded)", "Nullable", "System.", "Object reference", "Parameter '" })
            error.ToString().ShouldNotContain(raw);
    }

    private static void NotKnown(FaultRun run, string id, string command)
    {
        var error = run.Result.ErrorWith(id);
        error.ToString().ShouldContain("not known");
        error.ErrorDetails.RecommendedAction.ShouldContain(command);
        run.Result.Output.ShouldBeEmpty();
    }
}
