using System;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;

namespace AppRunner.Module.Tests.Faults;

/// <summary>All scenarios, by kind of fault.</summary>
internal static class FaultScenarios
{
    private const string Create = "New-ARService web1 " + Session.Image;
    private const string Update = "Update-ARService " + FaultServer.Arn + " -Memory 4";
    private const string Deploy = "Start-ARDeployment " + FaultServer.Arn;
    private const string Remove = "Remove-ARService " + FaultServer.Arn + " -Confirm:$false";
    private const string Wait = " -Wait -PollInterval 0.02";

    public static IReadOnlyList<FaultScenario> All { get; } = [.. LostResponses(), .. FailuresInsteadOfResponses(), .. EndsOfWaits(), .. Refusals(), .. IncompleteResponses(), .. ClientFaultScenarios.All, .. NewerCmdletFaultScenarios.All];

    private static IEnumerable<FaultScenario> LostResponses()
    {
        yield return Slow("CreateService arrives, its response is reset, ListServices fails for ever", Create,
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => FaultServer.Broken, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, "Get-ARService 'web1'"));
        yield return new("CreateService arrives, its response is reset, ListServices is denied", Create,
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => FaultServer.Denied, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, "Get-ARService 'web1'", "not authorized"));
        yield return new("CreateService arrives, its response is reset, the service is listed, DescribeService is denied", Create,
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "DescribeService" => FaultServer.Denied, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, $"Get-ARService '{FaultServer.Arn}'", FaultServer.Arn));
        yield return new("CreateService arrives, its response is reset, ListOperations is denied", Create,
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListOperations" => FaultServer.Denied, _ => null },
            run =>
            {
                run.Result.Service.ServiceArn.ShouldBe(FaultServer.Arn);
                run.Result.Service.OperationId.ShouldBeNull();
                run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("not authorized");
            });
        yield return new("CreateService returns 500, then that the name is taken; ListServices is denied", Create,
            (_, operation, earlier) => operation switch
            {
                "CreateService" => earlier == 0 ? FaultServer.Broken : ScriptedServer.Error("InvalidRequestException", "Service with the provided name already exists: web1."),
                "ListServices" => FaultServer.Denied,
                _ => null,
            },
            run => NotKnown(run, ErrorIds.ServiceAlreadyExists, "Get-ARService 'web1'", "already exists"));
        yield return Slow("UpdateService arrives, its response is reset, ListOperations is throttled for ever", Update,
            (_, operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => FaultServer.Throttled, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, $"Get-AROperation '{FaultServer.Arn}'"));
        yield return new("UpdateService arrives, its response is reset, ListOperations is denied", Update,
            (_, operation, _) => operation switch { "UpdateService" => ScriptedServer.Reset(), "ListOperations" => FaultServer.Denied, _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, $"Get-AROperation '{FaultServer.Arn}'", "UPDATE_SERVICE"));
        yield return new("StartDeployment succeeds, the DescribeService after it is reset", Deploy,
            (_, operation, _) => operation == "DescribeService" ? ScriptedServer.Reset() : null,
            run =>
            {
                run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                run.Result.Service.ServiceArn.ShouldBe(FaultServer.Arn);
                run.Result.Warnings.ShouldHaveSingleItem().ShouldContain(FaultServer.OperationId);
                run.Server.CountOf("StartDeployment").ShouldBe(1);
            });
        yield return new("UpdateService returns 500, then InvalidState; another update that began 1.5 s before is in progress", Update,
            (server, operation, earlier) => operation switch
            {
                "UpdateService" => earlier == 0 ? FaultServer.Broken : ScriptedServer.Error("InvalidStateException", "An operation is in progress."),
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, age: 1.5),
                _ => null,
            },
            run =>
            {
                NotKnown(run, ErrorIds.InvalidServiceState, $"Wait-AROperation -Service '{FaultServer.Arn}' -OperationId {FaultServer.OperationId}", FaultServer.OperationId);
                run.Result.Output.ShouldBeEmpty();
            });
        yield return new("The same with -Wait: the other update succeeds, and the service does not have the requested values", Update + Wait,
            (server, operation, earlier) => operation switch
            {
                "UpdateService" => earlier == 0 ? FaultServer.Broken : ScriptedServer.Error("InvalidStateException", "An operation is in progress."),
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, earlier == 0 ? OperationStatus.InProgress : OperationStatus.Succeeded, age: 1.5),
                _ => null,
            },
            run => run.Result.ErrorWith(ErrorIds.InvalidServiceState).ToString().ShouldContain("started by another request: the service differs from this one in InstanceConfiguration.Memory"));
        yield return new("The same, but the service has the requested values afterwards", Update + Wait,
            (server, operation, earlier) => operation switch
            {
                "UpdateService" => earlier == 0 ? FaultServer.Broken : ScriptedServer.Error("InvalidStateException", "An operation is in progress."),
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, earlier == 0 ? OperationStatus.InProgress : OperationStatus.Succeeded),
                "DescribeService" => FaultServer.Described(server.CountOf("ListOperations") > 1 ? "4096" : "2048"),
                _ => null,
            },
            run => run.Result.Service.InstanceConfiguration!.Memory.ShouldBe("4096"));
        yield return new("The same, but the operation is rolled back: it is not known whose it was", Update + Wait,
            (server, operation, earlier) => operation switch
            {
                "UpdateService" => ScriptedServer.Reset(),
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, earlier == 0 ? OperationStatus.InProgress : OperationStatus.RollbackSucceeded),
                _ => null,
            },
            run => NotKnown(run, ErrorIds.OperationRolledBack, string.Empty, FaultServer.OperationId));
        foreach (var wait in (string[])["", Wait])
        {
            // The requested values are those that the service has before; another request's values come after the operation.
            yield return new($"UpdateService is reset, another update is in progress, and the service has the requested values until it has ended{(wait.Length == 0 ? string.Empty : ", with -Wait")}",
                "Update-ARService " + FaultServer.Arn + " -Memory 2 -Force" + wait,
                (server, operation, earlier) => operation switch
                {
                    "UpdateService" => ScriptedServer.Reset(),
                    "ListOperations" => FaultServer.Operation(OperationType.UpdateService, earlier == 0 ? OperationStatus.InProgress : OperationStatus.Succeeded),
                    "DescribeService" => FaultServer.Described(server.CountOf("ListOperations") > 1 ? "4096" : "2048"),
                    _ => null,
                },
                run =>
                {
                    if (wait.Length == 0)
                    {
                        run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                        run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("not known yet whether this request started it");
                        return;
                    }

                    run.Result.Output.ShouldBeEmpty();
                    run.Result.ErrorWith(ErrorIds.NetworkError).ToString().ShouldContain("started by another request: the service differs from this one in InstanceConfiguration.Memory");
                });
        }

        yield return new("UpdateService is reset, an update of unknown origin is waited for, and ListOperations is denied", Update + Wait,
            (server, operation, earlier) => operation switch
            {
                "UpdateService" => ScriptedServer.Reset(),
                "ListOperations" => earlier == 0 ? FaultServer.Operation(OperationType.UpdateService) : FaultServer.Denied,
                _ => null,
            },
            run => NotKnown(run, ErrorIds.AccessDenied, string.Empty, "The response to UpdateService was lost", $"Wait-AROperation -Service '{FaultServer.Arn}' -OperationId {FaultServer.OperationId}"));
        yield return new("DeleteService: the service is gone at once", Remove + Wait,
            (server, operation, _) => server.CountOf("DeleteService") > 0 && operation != "DeleteService" ? FaultServer.Missing : null,
            Deleted);
        yield return new("DeleteService arrives, its response is reset, the service is gone", Remove,
            (server, operation, _) => operation == "DeleteService" ? ScriptedServer.Reset() : FaultServer.Missing,
            Deleted);
        yield return new("DeleteService returns 500, then that there is no such service", Remove + Wait,
            (server, operation, earlier) => operation == "DeleteService" && earlier == 0 ? FaultServer.Broken : FaultServer.Missing,
            Deleted);
        foreach (var (name, script) in ((string, string)[])[
            ("a deletion that has started", Remove),
            ("a deletion that is over", Remove + " | ForEach-Object { $_.Status = 'DELETED'; $_.OperationId = $null; $_ }"),
            ("the same as JSON", Remove + " | ForEach-Object { $_.Status = 'DELETED'; $_ | ConvertTo-Json -Depth 9 | ConvertFrom-Json }"),
        ])
        {
            yield return new($"Wait-AROperation after {name}, and the service is gone", script + " | Wait-AROperation -PollInterval 0.02",
                (server, operation, _) => server.CountOf("DeleteService") > 0 && operation != "DeleteService" ? FaultServer.Missing : null,
                Deleted);
        }

        yield return new("Wait-AROperation for a service that does not exist", $"Wait-AROperation {FaultServer.Arn}",
            (_, _, _) => FaultServer.Missing,
            run => run.Result.ErrorWith(ErrorIds.ServiceNotFound));
    }

    // An error that is App Runner's own does not say that the request had no effect.
    private static IEnumerable<FaultScenario> FailuresInsteadOfResponses()
    {
        foreach (var (name, last, id) in ((string, Step, string)[])[("500 three times", FaultServer.Broken, ErrorIds.ServiceError), ("500, then an error of another kind", FaultServer.Denied, ErrorIds.AccessDenied)])
        {
            yield return new($"CreateService returns {name}, and the service exists", Create,
                (_, operation, earlier) => operation == "CreateService" ? earlier == 0 ? FaultServer.Broken : last : null,
                run =>
                {
                    run.Result.Service.ServiceArn.ShouldBe(FaultServer.Arn);
                    run.Server.CountOf("CreateService").ShouldBeInRange(2, 3);
                });
            yield return new($"UpdateService returns {name}, and the update is in progress", Update,
                (server, operation, earlier) => operation switch
                {
                    "UpdateService" => earlier == 0 ? FaultServer.Broken : last,
                    "ListOperations" => FaultServer.Operation(OperationType.UpdateService),
                    "DescribeService" when server.CountOf("UpdateService") > 0 => FaultServer.Described("4096"),
                    _ => null,
                },
                run =>
                {
                    run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                    run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("not known yet");
                });
            yield return new($"StartDeployment returns {name}, and ListOperations is denied", Deploy,
                (_, operation, earlier) => operation switch
                {
                    "StartDeployment" => earlier == 0 ? FaultServer.Broken : last,
                    "ListOperations" => FaultServer.Denied,
                    _ => null,
                },
                run => NotKnown(run, id, $"Get-AROperation '{FaultServer.Arn}'", "START_DEPLOYMENT"));
        }

        yield return new("DeleteService returns 500 three times, and the service is gone", Remove,
            (server, operation, _) => operation == "DeleteService" ? FaultServer.Broken : FaultServer.Missing,
            Deleted);
        yield return new("PauseService is refused at once: nothing is looked up", $"Suspend-ARService {FaultServer.Arn}",
            (_, operation, _) => operation == "PauseService" ? FaultServer.Denied : null,
            run =>
            {
                run.Result.ErrorWith(ErrorIds.AccessDenied);
                run.Server.CountOf("ListOperations").ShouldBe(0);
            });
        yield return new("PauseService is throttled, then refused: nothing is looked up", $"Suspend-ARService {FaultServer.Arn}",
            (_, operation, earlier) => operation == "PauseService" ? earlier == 0 ? FaultServer.Throttled : ScriptedServer.Error("InvalidStateException", "An operation is in progress.") : null,
            run =>
            {
                run.Result.ErrorWith(ErrorIds.InvalidServiceState);
                run.Server.CountOf("ListOperations").ShouldBe(0);
            });
        yield return new("CreateVpcConnector returns 500 three times", "New-ARVpcConnector database subnet-0123456789abcdef0",
            (_, _, _) => FaultServer.Broken,
            run => run.Result.ErrorWith(ErrorIds.ServiceError).ErrorDetails.RecommendedAction.ShouldContain("may have taken effect in spite of the error. Check with Get-ARVpcConnector"));
        yield return new("DescribeService returns 500 three times", "Get-ARService " + FaultServer.Arn,
            (_, _, _) => FaultServer.Broken,
            run => run.Result.ErrorWith(ErrorIds.ServiceError).ErrorDetails.RecommendedAction.ShouldNotContain("taken effect"));
    }

    private static IEnumerable<FaultScenario> Refusals()
    {
        foreach (var failed in (bool[])[false, true])
        {
            yield return new($"CreateVpcConnector {(failed ? "returns 500, then refuses" : "refuses")} the request", "New-ARVpcConnector database subnet-0123456789abcdef0",
                (_, _, earlier) => failed && earlier == 0 ? FaultServer.Broken : ScriptedServer.Error("InvalidRequestException", "There is something wrong."),
                run => run.Result.ErrorWith(ErrorIds.InvalidParameter).ErrorDetails.RecommendedAction.Contains("Nothing was changed", StringComparison.Ordinal).ShouldBe(!failed));
        }
    }

    private static IEnumerable<FaultScenario> EndsOfWaits()
    {
        yield return new("An update is rolled back, the DescribeService after it is throttled", Update + Wait,
            (server, operation, _) => operation switch
            {
                "ListOperations" => FaultServer.Operation(OperationType.UpdateService, OperationStatus.RollbackSucceeded),
                "DescribeService" when server.CountOf("UpdateService") > 0 => FaultServer.Throttled,
                _ => null,
            },
            run => run.Result.ErrorWith(ErrorIds.OperationRolledBack).ToString().ShouldContain("Rate exceeded"));
        yield return new("A creation succeeds, the DescribeService after it fails", Create + Wait,
            (_, operation, _) => operation switch
            {
                "ListOperations" => FaultServer.Operation(OperationType.CreateService, OperationStatus.Succeeded),
                "DescribeService" => FaultServer.Broken,
                _ => null,
            },
            run =>
            {
                run.Result.Service.Status.ShouldBe(ServiceStatus.Running);
                run.Result.Service.ServiceUrl.ShouldBe("web1.us-east-1.awsapprunner.com");
                run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                run.Result.Warnings.ShouldHaveSingleItem().ShouldContain("Something broke");
            });
        yield return new("A creation succeeds, the DescribeService after it never responds, -Timeout 1", Create + Wait + " -Timeout 1",
            (_, operation, _) => operation switch
            {
                "ListOperations" => FaultServer.Operation(OperationType.CreateService, OperationStatus.Succeeded),
                "DescribeService" => ScriptedServer.Silence(),
                _ => null,
            },
            run =>
            {
                run.Result.Service.ServiceUrl.ShouldBe("web1.us-east-1.awsapprunner.com");
                run.Time.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            });
        yield return new("A creation fails, DescribeService and its log never respond, -Timeout 1", Create + Wait + " -Timeout 1",
            (_, operation, _) => operation switch
            {
                "CreateService" => null,
                "ListOperations" => FaultServer.Operation(OperationType.CreateService, OperationStatus.Failed),
                _ => ScriptedServer.Silence(),
            },
            run =>
            {
                run.Result.ErrorWith(ErrorIds.OperationFailed).ToString().ShouldContain(FaultServer.OperationId);
                run.Time.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            });
        yield return new("A creation is waited for, and ListOperations is denied", Create + Wait,
            (_, operation, _) => operation == "ListOperations" ? FaultServer.Denied : null,
            run => run.Result.ErrorWith(ErrorIds.AccessDenied).ToString().ShouldContain($"Wait-AROperation -Service '{FaultServer.Arn}' -OperationId {FaultServer.OperationId}"));
    }

    private static IEnumerable<FaultScenario> IncompleteResponses()
    {
        foreach (var response in (string[])["""{"Service":{}}""", "{}", """{"Service":null,"OperationId":null}"""])
        {
            yield return new($"CreateService returns {response}, the service exists", Create + Wait,
                (_, operation, _) => operation switch
                {
                    "CreateService" => ScriptedServer.Respond(response),
                    "ListOperations" => FaultServer.Operation(OperationType.CreateService, OperationStatus.Succeeded),
                    _ => null,
                },
                run => run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId));
        }

        yield return new("UpdateService returns {\"Service\":{}} with an operation id", Update,
            (_, operation, _) => operation == "UpdateService" ? ScriptedServer.Respond($$"""{"Service":{},"OperationId":"{{FaultServer.OperationId}}"}""") : null,
            run =>
            {
                run.Result.Service.OperationId.ShouldBe(FaultServer.OperationId);
                run.Server.CountOf("ListOperations").ShouldBe(0);
            });
        yield return new("DescribeService returns {\"Service\":{}}", "Get-ARService " + FaultServer.Arn,
            (_, operation, _) => operation == "DescribeService" ? ScriptedServer.Respond("""{"Service":{}}""") : null,
            run => run.Result.ErrorWith(ErrorIds.ServiceError).ToString().ShouldContain("incomplete"));
        yield return new("CreateVpcConnector returns {\"VpcConnector\":{}}", "New-ARVpcConnector database subnet-0123456789abcdef0",
            (_, _, _) => ScriptedServer.Respond("""{"VpcConnector":{}}"""),
            run =>
            {
                var error = run.Result.ErrorWith(ErrorIds.ServiceError);
                error.ToString().ShouldContain("incomplete");
                error.ErrorDetails.RecommendedAction.ShouldContain("may have taken effect");
            });
        foreach (var (cmdlet, member) in ((string, string)[])[
            ("Get-ARService", "ServiceSummaryList"),
            ("Get-AROperation " + FaultServer.Arn, "OperationSummaryList"),
            ("Get-ARConnection", "ConnectionSummaryList"),
            ("Get-ARAutoScalingConfiguration", "AutoScalingConfigurationSummaryList"),
            ("Get-ARObservabilityConfiguration", "ObservabilityConfigurationSummaryList"),
            ("Get-ARVpcConnector", "VpcConnectors"),
            ("Get-ARVpcIngressConnection", "VpcIngressConnectionSummaryList"),
            ("Get-ARCustomDomain " + FaultServer.Arn, "CustomDomains"),
            ("Get-ARResourceTag " + FaultServer.Arn, "Tags"),
        ])
        {
            yield return new($"A null in {member}", cmdlet,
                (_, _, _) => ScriptedServer.Respond($$"""{"{{member}}":[null]}"""),
                run => run.Result.ErrorWith(ErrorIds.ServiceError).ToString().ShouldContain($"{member} contains null"));
        }

        yield return Slow("A null in a list after a lost response to CreateService", Create,
            (_, operation, _) => operation switch { "CreateService" => ScriptedServer.Reset(), "ListServices" => ScriptedServer.Respond("""{"ServiceSummaryList":[null]}"""), _ => null },
            run => NotKnown(run, ErrorIds.NetworkError, "Get-ARService 'web1'"));
    }

    private static FaultScenario Slow(string name, string script, Func<FaultServer, string, int, Step?> fault, Action<FaultRun> check) => new(name, script, fault, check) { IsSlow = true };

    // The error says what is not known, and the command to check it; nothing is sent twice.
    private static void NotKnown(FaultRun run, string id, string command, params string[] facts)
    {
        var error = run.Result.ErrorWith(id);
        error.ToString().ShouldContain("not known");
        error.ErrorDetails.RecommendedAction.ShouldContain(command);
        foreach (var fact in facts)
            error.ToString().ShouldContain(fact);
        run.Result.AllText.ShouldNotContain("most probably not");
        run.Result.Output.ShouldBeEmpty();
        (run.Server.CountOf("CreateService") + run.Server.CountOf("UpdateService")).ShouldBeLessThanOrEqualTo(2);
    }

    private static void Deleted(FaultRun run)
    {
        run.Result.Service.Status.ShouldBe(ServiceStatus.Deleted);
        run.Result.Service.ServiceArn.ShouldBe(FaultServer.Arn);
        run.Result.Service.ServiceName.ShouldBe("web1");
        run.Result.Warnings.ShouldBeEmpty();
    }
}
