using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>Ids, categories, targets and recommended actions are a contract. Causes every error id, over HTTP if a call is made.</summary>
public sealed class ErrorContractTests
{
    private const string Arn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";

    // Response is what a test server returns; null: the local endpoint is used.
    private static readonly Dictionary<string, ErrorCase> Cases = new()
    {
        [ErrorIds.InvalidParameter] = new("New-ARService -ServiceName web1 -ImageIdentifier nginx", ErrorCategory.InvalidArgument, "web1", "Fix what the message names"),
        [ErrorIds.ServiceNotFound] = new("Suspend-ARService web1", ErrorCategory.ObjectNotFound, "web1", "Get-ARService"),
        [ErrorIds.ResourceNotFound] = new($"$null = New-ARService web1 {Session.Image}; Get-AROperation web1 nothing", ErrorCategory.ObjectNotFound, "web1", "Get-ARContext"),
        [ErrorIds.InvalidServiceState] = new($"$web = New-ARService web1 {Session.Image}; Resume-ARService $web", ErrorCategory.ResourceBusy, null, "Wait-AROperation", Start: "-OperationDuration 600"),
        [ErrorIds.ReplacementRequired] = new(
            $"$null = New-ARService web1 {Session.Image}; Publish-ARService web1 {Session.Image} -EncryptionConfiguration @{{ KmsKey = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef' }}", ErrorCategory.InvalidOperation, "web1", "-Recreate", Start: "-OperationDuration 0"),
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
        [ErrorIds.OperationFailed] = new($"New-ARService web1 {Session.Image} -Wait -PollInterval 0.02", ErrorCategory.InvalidResult, "web1", "Get-ARServiceLog", Outcome: OperationStatus.Failed),
        [ErrorIds.OperationRolledBack] = new(
            $"$web = New-ARService web1 {Session.Image} -Wait -PollInterval 0.02; Update-ARService $web -Memory 4 -Wait -PollInterval 0.02", ErrorCategory.InvalidResult, null, "Get-ARServiceLog", Outcome: OperationStatus.RollbackSucceeded),
        [ErrorIds.WaitTimeout] = new($"New-ARService web1 {Session.Image} -Wait -Timeout 0.05 -PollInterval 0.02", ErrorCategory.OperationTimeout, "web1", "Wait-AROperation -Service 'arn:", Start: "-OperationDuration 600"),
        [ErrorIds.LocalEndpointError] = new("Start-ARLocalEndpoint -Port ([uri](Get-ARContext).EndpointUrl).Port", ErrorCategory.ResourceUnavailable, null, "-Port"),
    };

    // These depend on the state of the process: endpoints of other tests, environment variables.
    private static readonly string[] InOwnProcess = [ErrorIds.NoRegion, ErrorIds.NoCredential];

    private const string TestedByModuleDefectTests = ErrorIds.InternalError;

    public static TheoryData<string> Ids => [.. Cases.Keys];

    [Fact]
    public void Every_error_id_has_a_test()
    {
        var ids = typeof(ErrorIds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        ids.ShouldBe([.. Cases.Keys, .. InOwnProcess, TestedByModuleDefectTests], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_error_has_its_id_category_target_action_and_the_services_message(string id)
    {
        var errorCase = Cases[id];
        await using var server = errorCase.Response is null ? null : new ScriptedServer(errorCase.Response);
        using var session = server is null ? Session.Local(errorCase.Start) : Session.To(server);
        if (errorCase.Outcome is not null)
            session.Endpoint.SetNextOutcome(errorCase.Outcome);

        var result = session.Run(errorCase.Script);

        var error = result.ErrorWith(id);
        result.Output.ShouldBeEmpty();
        error.CategoryInfo.Category.ShouldBe(errorCase.Category);
        error.Exception.ShouldBeAssignableTo<AppRunnerException>()!.ErrorId.ShouldBe(id);
        error.ErrorDetails.RecommendedAction.ShouldContain(errorCase.Action);
        if (errorCase.Target is not null)
            error.TargetObject.ShouldBe(errorCase.Target);
        if (errorCase.Message is null)
            return;
        error.ToString().ShouldBe(errorCase.Message);
        error.ErrorDetails.RecommendedAction.ShouldContain("scripted-id");
        ((AppRunnerServiceException)error.Exception).RequestId.ShouldBe("scripted-id");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ErrorAction_Stop_ends_the_script(string id)
    {
        // Skip errors with retries: the other test already covers them.
        if (id is ErrorIds.Throttled or ErrorIds.ServiceError or ErrorIds.NetworkError)
            return;
        var errorCase = Cases[id];
        await using var server = errorCase.Response is null ? null : new ScriptedServer(errorCase.Response);
        using var session = server is null ? Session.Local(errorCase.Start) : Session.To(server);
        if (errorCase.Outcome is not null)
            session.Endpoint.SetNextOutcome(errorCase.Outcome);

        session.Run("$ErrorActionPreference = 'Stop'; " + errorCase.Script).Ended.ShouldBeAssignableTo<RuntimeException>()!.ErrorRecord.Id().ShouldBe(id);
    }

    [Theory]
    [InlineData("$null = New-ARService web1 IMAGE -Wait -PollInterval 0.02 | Suspend-ARService -Wait -PollInterval 0.02; Start-ARDeployment web1", "Nothing was changed. Check the status with Get-ARService. If it is PAUSED, resume the service with Resume-ARService.")]
    [InlineData("$null = New-ARConnection github GITHUB; New-ARService web1 -RepositoryUrl https://github.com/o/n -Branch main -ConfigurationSource REPOSITORY -ConnectionArn github", "Nothing was changed. Approve the connection with Approve-ARConnection.")]
    [InlineData("$stale = New-ARService web1 IMAGE -Wait -PollInterval 0.02; $null = Update-ARService web1 -Memory 4 -Wait -PollInterval 0.02; $stale | Update-ARService", "Nothing was changed. Give the settings to change as parameters.")]
    public void The_action_fits_the_message(string script, string action)
    {
        using var session = Session.Local("-OperationDuration 0");

        session.Run(script.Replace("IMAGE", Session.Image, System.StringComparison.Ordinal)).ErrorWith(ErrorIds.InvalidParameter).ErrorDetails.RecommendedAction.ShouldContain(action);
    }

    [Theory]
    [InlineData("Can't start a deployment on the specified service, because it isn't in RUNNING state.", "Resume-ARService")]
    [InlineData("Connection is PENDING_HANDSHAKE", "Approve-ARConnection")]
    [InlineData("Tag keys are not valid", "Fix what the message names")]
    public async Task The_action_fits_a_refusal(string message, string action)
    {
        await using var server = new ScriptedServer(ScriptedServer.Error("InvalidRequestException", message));
        using var session = Session.To(server);

        session.Run($"Start-ARDeployment {Arn}").ErrorWith(ErrorIds.InvalidParameter).ErrorDetails.RecommendedAction.ShouldContain(action);
    }

    [Fact]
    public void A_piped_object_is_the_TargetObject_of_its_error()
    {
        using var session = Session.Local("-OperationDuration 600");
        var service = session.Run($"New-ARService web1 {Session.Image}").Service;

        var error = session.Run("$service = Get-ARService web1; $service | Resume-ARService").ErrorWith("InvalidServiceState");

        error.TargetObject.ShouldBeSameAs(session["service"]);
        error.TargetObject.ShouldBeOfType<Service>().ServiceArn.ShouldBe(service.ServiceArn);
    }

    [Theory]
    [InlineData("<html>busy</html>", "text/html")]
    [InlineData("{ \"Service\": ", "application/x-amz-json-1.0")]
    [InlineData("[1]", "application/x-amz-json-1.0")]
    [InlineData("{}", "application/x-amz-json-1.0")]
    public async Task An_unreadable_response_is_an_error_record(string body, string type)
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

    private sealed record ErrorCase(
        string Script,
        ErrorCategory Category,
        object? Target,
        string Action,
        Step? Response = null,
        string? Message = null,
        string Start = "-OperationDuration 0",
        string? Outcome = null);
}
