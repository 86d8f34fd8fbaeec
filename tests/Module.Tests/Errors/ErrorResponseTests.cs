using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Errors;

/// <summary>Every error that an API operation declares is written by its cmdlet with the right id, over HTTP.</summary>
public sealed class ErrorResponseTests
{
    private const string Message = "Message of the service.";

    private static readonly Dictionary<string, string> Cmdlets = new()
    {
        ["AssociateCustomDomain"] = $"Add-ARCustomDomain {ArnOf("service")} shop.example.com",
        ["CreateAutoScalingConfiguration"] = "New-ARAutoScalingConfiguration high",
        ["CreateConnection"] = "New-ARConnection github GITHUB",
        ["CreateObservabilityConfiguration"] = "New-ARObservabilityConfiguration tracing AWSXRAY",
        ["CreateService"] = $"New-ARService web1 {Session.Image}",
        ["CreateVpcConnector"] = "New-ARVpcConnector database subnet-0123456789abcdef0",
        ["CreateVpcIngressConnection"] = $"New-ARVpcIngressConnection inside {ArnOf("service")} {PrivateService.Vpc}",
        ["DeleteAutoScalingConfiguration"] = $"Remove-ARAutoScalingConfiguration {ArnOf("autoscalingconfiguration", "/1")} -Confirm:$false",
        ["DeleteConnection"] = $"Remove-ARConnection {ArnOf("connection")} -Confirm:$false",
        ["DeleteObservabilityConfiguration"] = $"Remove-ARObservabilityConfiguration {ArnOf("observabilityconfiguration", "/1")} -Confirm:$false",
        ["DeleteService"] = $"Remove-ARService {ArnOf("service")} -Confirm:$false",
        ["DeleteVpcConnector"] = $"Remove-ARVpcConnector {ArnOf("vpcconnector", "/1")} -Confirm:$false",
        ["DeleteVpcIngressConnection"] = $"Remove-ARVpcIngressConnection {ArnOf("vpcingressconnection")} -Confirm:$false",
        ["DescribeAutoScalingConfiguration"] = $"Get-ARAutoScalingConfiguration {ArnOf("autoscalingconfiguration", "/1")}",
        ["DescribeCustomDomains"] = $"Get-ARCustomDomain {ArnOf("service")}",
        ["DescribeObservabilityConfiguration"] = $"Get-ARObservabilityConfiguration {ArnOf("observabilityconfiguration", "/1")}",
        ["DescribeService"] = $"Get-ARService {ArnOf("service")}",
        ["DescribeVpcConnector"] = $"Get-ARVpcConnector {ArnOf("vpcconnector", "/1")}",
        ["DescribeVpcIngressConnection"] = $"Get-ARVpcIngressConnection {ArnOf("vpcingressconnection")}",
        ["DisassociateCustomDomain"] = $"Remove-ARCustomDomain {ArnOf("service")} shop.example.com -Confirm:$false",
        ["ListAutoScalingConfigurations"] = "Get-ARAutoScalingConfiguration",
        ["ListConnections"] = "Get-ARConnection",
        ["ListObservabilityConfigurations"] = "Get-ARObservabilityConfiguration",
        ["ListOperations"] = $"Get-AROperation {ArnOf("service")}",
        ["ListServices"] = "Get-ARService",
        ["ListServicesForAutoScalingConfiguration"] = $"Get-ARService -AutoScalingConfigurationArn {ArnOf("autoscalingconfiguration", "/1")}",
        ["ListTagsForResource"] = $"Get-ARResourceTag {ArnOf("vpcconnector", "/1")}",
        ["ListVpcConnectors"] = "Get-ARVpcConnector",
        ["ListVpcIngressConnections"] = "Get-ARVpcIngressConnection",
        ["PauseService"] = $"Suspend-ARService {ArnOf("service")}",
        ["ResumeService"] = $"Resume-ARService {ArnOf("service")}",
        ["StartDeployment"] = $"Start-ARDeployment {ArnOf("service")}",
        ["TagResource"] = $"Add-ARResourceTag {ArnOf("vpcconnector", "/1")} @{{ a = 1 }}",
        ["UntagResource"] = $"Remove-ARResourceTag {ArnOf("vpcconnector", "/1")} a -Confirm:$false",
        ["UpdateDefaultAutoScalingConfiguration"] = $"Set-ARDefaultAutoScalingConfiguration {ArnOf("autoscalingconfiguration", "/1")}",
        ["UpdateService"] = $"Update-ARService {ArnOf("service")} -Memory 4",
        ["UpdateVpcIngressConnection"] = $"Update-ARVpcIngressConnection {ArnOf("vpcingressconnection")} {PrivateService.Vpc}",
    };

    // InternalServiceErrorException is the same for all operations and is retried; ErrorContractTests has it.
    private static readonly Dictionary<string, (string Id, ErrorCategory Category)> ExpectedErrors = new()
    {
        ["InvalidRequestException"] = (ErrorIds.InvalidParameter, ErrorCategory.InvalidArgument),
        ["InvalidStateException"] = (ErrorIds.InvalidServiceState, ErrorCategory.ResourceBusy),
        ["ResourceNotFoundException"] = (ErrorIds.ResourceNotFound, ErrorCategory.ObjectNotFound),
        ["ServiceQuotaExceededException"] = (ErrorIds.QuotaExceeded, ErrorCategory.LimitsExceeded),
    };

    public static TheoryData<string, string> Declared => [.. from operation in ShapeTable.Operations from error in ShapeTable.ErrorsOf(operation) where ExpectedErrors.ContainsKey(error) select (operation, error)];

    [Fact]
    public void Every_operation_of_the_API_has_a_cmdlet()
    {
        Cmdlets.Keys.ShouldBe(ShapeTable.Operations, ignoreOrder: true);
        ShapeTable.Exceptions.ShouldBe(ExpectedErrors.Keys.Append("InternalServiceErrorException"), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task An_error_response_has_its_id_message_and_request_id(string operation, string refusal)
    {
        await using var server = new ScriptedServer(request => Relay.Operation(request) == operation
            ? ScriptedServer.Error(refusal, Message)
            // A running service needs no ResumeService.
            : ScriptedServer.Respond("""{"Service":{"ServiceArn":"x","Status":"RUNNING","InstanceConfiguration":{"Cpu":"1024","Memory":"2048"}}}""".Replace("RUNNING", operation == "ResumeService" ? "PAUSED" : "RUNNING", StringComparison.Ordinal)));
        using var session = Session.To(server);

        var result = session.Run(Cmdlets[operation]);

        server.Requests.Count(request => Relay.Operation(request) == operation).ShouldBe(1);
        result.Ended.ShouldBeNull();
        result.Output.ShouldBeEmpty();
        var error = result.Errors.ShouldHaveSingleItem();
        var (id, category) = ExpectedErrors[refusal];
        error.Id().ShouldBe(id == ErrorIds.ResourceNotFound && ShapeTable.MembersOf(ShapeTable.InputOf(operation)).ContainsKey("ServiceArn") && operation != "DisassociateCustomDomain" ? ErrorIds.ServiceNotFound : id);
        error.CategoryInfo.Category.ShouldBe(category);
        error.ToString().ShouldBe(Message);
        error.ErrorDetails.RecommendedAction.ShouldContain("scripted-id");
    }

    private static string ArnOf(string kind, string revision = "") => $"arn:aws:apprunner:us-east-1:000000000000:{kind}/name1{revision}/0123456789abcdef0123456789abcdef";
}
