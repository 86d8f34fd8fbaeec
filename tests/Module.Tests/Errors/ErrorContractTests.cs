using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>Ids, categories, targets and advice are a contract. Every id is provoked here, over real HTTP wherever a call is made.</summary>
public sealed class ErrorContractTests
{
    private const string Arn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";

    // What a server of the test answers; null: the local endpoint is asked.
    private static readonly Dictionary<string, Provocation> Provocations = new()
    {
        [ErrorIds.InvalidParameter] = new("New-ARService -ServiceName web1 -ImageIdentifier nginx", ErrorCategory.InvalidArgument, "web1", "Correct"),
        [ErrorIds.ServiceNotFound] = new("Suspend-ARService web1", ErrorCategory.ObjectNotFound, "web1", "Get-ARService"),
        [ErrorIds.ResourceNotFound] = new($"$null = New-ARService web1 {Session.Image}; Get-AROperation web1 nothing", ErrorCategory.ObjectNotFound, "web1", "Get-ARContext"),
        [ErrorIds.InvalidServiceState] = new($"$web = New-ARService web1 {Session.Image}; Resume-ARService $web", ErrorCategory.ResourceBusy, null, "Wait-AROperation"),
        [ErrorIds.QuotaExceeded] = new($"$null = New-ARService web1 {Session.Image}; New-ARService web2 {Session.Image}", ErrorCategory.LimitsExceeded, "web2", "Service Quotas", Start: "-ServiceQuota 1 -OperationDuration 0"),
        [ErrorIds.ServiceAlreadyExists] = new($"$null = New-ARService web1 {Session.Image}; New-ARService web1 {Session.Image}", ErrorCategory.ResourceExists, "web1", "Update-ARService"),
        [ErrorIds.ResourceAlreadyExists] = new("$null = New-ARConnection github GITHUB; New-ARConnection github GITHUB", ErrorCategory.ResourceExists, "github", "another name"),
        [ErrorIds.AccessRoleNotAssumable] = new(
            $"Get-ARService {Arn}", ErrorCategory.PermissionDenied, Arn, "trust policy", ScriptedServer.Error("InvalidRequestException", "Error in assuming access role arn:aws:iam::1:role/x"), "Error in assuming access role arn:aws:iam::1:role/x"),
        [ErrorIds.AuthenticationFailed] = new("Get-ARService -Region us-east-1 -AccessKey AKIDWRONG -SecretKey wrong -EndpointUrl (Get-ARContext).EndpointUrl", ErrorCategory.AuthenticationError, null, "keys"),
        [ErrorIds.AccessDenied] = new(
            $"Remove-ARService {Arn} -Confirm:$false", ErrorCategory.PermissionDenied, Arn, "iam:PassRole", ScriptedServer.Error("AccessDeniedException", "User: x is not authorized"), "User: x is not authorized"),
        [ErrorIds.Throttled] = new($"Get-ARService {Arn}", ErrorCategory.LimitsExceeded, Arn, "-ThrottleLimit", ScriptedServer.Error("ThrottlingException", "Rate exceeded"), "Rate exceeded"),
        [ErrorIds.ServiceError] = new($"Get-ARService {Arn}", ErrorCategory.NotSpecified, Arn, "AWS Health", ScriptedServer.Error("InternalServiceErrorException", "Something broke", 500), "Something broke"),
        [ErrorIds.NetworkError] = new($"Get-ARService {Arn} -EndpointUrl {ScriptedServer.RefusingUrl()} -AccessKey a -SecretKey b", ErrorCategory.ConnectionError, Arn, "-EndpointUrl"),
        [ErrorIds.OperationFailed] = new($"New-ARService web1 {Session.Image} -Wait -PollInterval 0.02", ErrorCategory.InvalidResult, "web1", "logs", Outcome: OperationStatus.Failed),
        [ErrorIds.OperationRolledBack] = new(
            $"$web = New-ARService web1 {Session.Image} -Wait -PollInterval 0.02; Update-ARService $web -Memory 4 -Wait -PollInterval 0.02", ErrorCategory.InvalidResult, null, "logs", Outcome: OperationStatus.RollbackSucceeded),
        [ErrorIds.WaitTimeout] = new($"New-ARService web1 {Session.Image} -Wait -Timeout 0.05 -PollInterval 0.02", ErrorCategory.OperationTimeout, "web1", "Wait-AROperation -Service 'arn:", Start: "-OperationDuration 600"),
        [ErrorIds.LocalEndpointError] = new("Start-ARLocalEndpoint -Port ([uri](Get-ARContext).EndpointUrl).Port", ErrorCategory.ResourceUnavailable, null, "-Port"),
    };

    // These depend on the whole process: other tests' endpoints, variables.
    private static readonly string[] InAProcessOfTheirOwn = [ErrorIds.NoRegion, ErrorIds.NoCredential];

    public static TheoryData<string> Ids => [.. Provocations.Keys];

    [Fact]
    public void Every_id_has_a_test_that_provokes_it()
    {
        var ids = typeof(ErrorIds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        ids.ShouldBe(Provocations.Keys.Concat(InAProcessOfTheirOwn), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_error_has_its_id_category_target_advice_and_the_services_own_words(string id)
    {
        var provocation = Provocations[id];
        await using var server = provocation.Answer is null ? null : new ScriptedServer(provocation.Answer);
        using var session = server is null ? Session.Local(provocation.Start) : Session.To(server);
        if (provocation.Outcome is not null)
            session.Endpoint.SetNextOutcome(provocation.Outcome);

        var result = session.Run(provocation.Script);

        var error = result.ErrorWith(id);
        result.Output.ShouldBeEmpty();
        error.CategoryInfo.Category.ShouldBe(provocation.Category);
        error.Exception.ShouldBeAssignableTo<AppRunnerException>()!.ErrorId.ShouldBe(id);
        error.ErrorDetails.RecommendedAction.ShouldContain(provocation.Advice);
        if (provocation.Target is not null)
            error.TargetObject.ShouldBe(provocation.Target);
        if (provocation.Words is null)
            return;
        error.ToString().ShouldBe(provocation.Words);
        error.ErrorDetails.RecommendedAction.ShouldContain("scripted-id");
        ((AppRunnerServiceException)error.Exception).RequestId.ShouldBe("scripted-id");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ErrorAction_is_heeded(string id)
    {
        // Attempts with pauses between them are in the other test already.
        if (id is ErrorIds.Throttled or ErrorIds.ServiceError or ErrorIds.NetworkError)
            return;
        var provocation = Provocations[id];
        await using var server = provocation.Answer is null ? null : new ScriptedServer(provocation.Answer);
        using var session = server is null ? Session.Local(provocation.Start) : Session.To(server);
        if (provocation.Outcome is not null)
            session.Endpoint.SetNextOutcome(provocation.Outcome);

        session.Run("$ErrorActionPreference = 'Stop'; " + provocation.Script).Ended.ShouldBeAssignableTo<RuntimeException>()!.ErrorRecord.Id().ShouldBe(id);
    }

    [Fact]
    public void An_object_in_the_pipeline_is_the_target_of_its_error()
    {
        using var session = Session.Local("-OperationDuration 0");
        var service = session.NewService("web1");

        var error = session.Run("$service = Get-ARService web1; $service | Resume-ARService").ErrorWith("InvalidServiceState");

        error.TargetObject.ShouldBeSameAs(session["service"]);
        error.TargetObject.ShouldBeOfType<Service>().ServiceArn.ShouldBe(service.ServiceArn);
    }

    [Theory]
    [InlineData("<html>busy</html>", "text/html")]
    [InlineData("{ \"Service\": ", "application/x-amz-json-1.0")]
    [InlineData("[1]", "application/x-amz-json-1.0")]
    [InlineData("{}", "application/x-amz-json-1.0")]
    public async Task An_answer_that_is_none_is_never_a_bare_exception(string body, string type)
    {
        await using var server = new ScriptedServer(ScriptedServer.Respond(200, type, body));
        using var session = Session.To(server);

        var result = session.Run($"Get-ARService {Arn}");

        result.Ended.ShouldBeNull();
        result.Output.ShouldBeEmpty();
        var error = result.Errors.ShouldHaveSingleItem();
        error.Id().ShouldBeOneOf(ErrorIds.NetworkError, ErrorIds.ServiceError);
        error.ToString().ShouldNotContain("Reference");
    }

    private sealed record Provocation(
        string Script,
        ErrorCategory Category,
        object? Target,
        string Advice,
        Step? Answer = null,
        string? Words = null,
        string Start = "-OperationDuration 0",
        string? Outcome = null);
}
