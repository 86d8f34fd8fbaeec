using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class ChangeServiceTests : IDisposable
{
    private static readonly string[] ChangingCommands = ["New-ARService", "Update-ARService", "Remove-ARService", "Suspend-ARService", "Resume-ARService", "Start-ARDeployment"];

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_service_is_suspended_resumed_deployed_and_removed()
    {
        session.NewService("web1");

        session.Run("Suspend-ARService web1 -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Paused);
        session.Run("Resume-ARService web1 -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Running);
        session.Run("Start-ARDeployment web1 -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Running);
        session.Run("Remove-ARService web1 -Confirm:$false -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Deleted);
    }

    [Theory]
    [InlineData("Suspend-ARService", ServiceStatus.Paused)]
    [InlineData("Resume-ARService", ServiceStatus.Running)]
    public void A_service_that_has_the_status_already_is_written_with_a_verbose_line(string command, string status)
    {
        session.NewService("web1");
        session.Run($"{command} web1 -Wait -PollInterval 0.02").ShouldBeClean();
        var operations = session.Run("Get-AROperation web1").Output.Count;

        foreach (var wait in new[] { string.Empty, " -Wait" })
        {
            var result = session.Run($"{command} web1 -Verbose{wait}");

            result.ShouldBeClean().Service.Status.ShouldBe(status);
            result.Service.OperationId.ShouldBeNull();
            result.Verbose.ShouldContain($"Service \"web1\" is {status} already. Nothing to do.");
        }

        session.Run("Get-AROperation web1").Output.Count.ShouldBe(operations);
    }

    [Theory]
    [InlineData("Suspend-ARService", "sho*")]
    [InlineData("Update-ARService -Memory 4", "s?op")]
    [InlineData("Remove-ARService -Confirm:$false", "[st]hop")]
    public void A_pattern_where_a_name_is_needed_is_an_error_with_the_pipeline(string command, string pattern)
    {
        session.NewService("shop");

        var error = session.Run($"{command} -Service '{pattern}'").ErrorWith("ServiceNotFound").ToString();

        var line = error.Substring(error.IndexOf("Get-ARService", StringComparison.Ordinal));
        session.Run(line.Replace("...", "Select-Object -ExpandProperty ServiceName")).Output.ShouldHaveSingleItem()!.ToString().ShouldBe("shop");
    }

    [Theory]
    [InlineData("SHOP", true)]
    [InlineData("Shop", true)]
    [InlineData("shopp", false)]
    public void A_name_in_another_case_is_told_that_names_are_case_sensitive(string name, bool isCase)
    {
        session.NewService("shop");

        var error = session.Run($"Get-ARService {name}").ErrorWith("ServiceNotFound").ToString();

        error.ShouldEndWith("Did you mean \"shop\"?");
        error.Contains("Names are case-sensitive.", StringComparison.Ordinal).ShouldBe(isCase);
    }

    [Theory]
    [InlineData("Suspend-ARService", "PAUSE_SERVICE")]
    [InlineData("Start-ARDeployment", "START_DEPLOYMENT")]
    [InlineData("Remove-ARService -Confirm:$false", "DELETE_SERVICE")]
    [InlineData("Update-ARService -Memory 4", "UPDATE_SERVICE")]
    public void A_cmdlet_that_starts_an_operation_writes_the_service_with_OperationId(string command, string type)
    {
        session.NewService("web1");

        var service = session.Run("Get-ARService web1 | " + command).Service;

        var operation = session.Run($"Get-AROperation {service.ServiceArn} {service.OperationId}").All<Operation>().Single();
        operation.Type.ShouldBe(type);
    }

    [Fact]
    public void WhatIf_sends_no_change_and_Verbose_shows_the_request()
    {
        session.NewService("web1");
        var operations = session.Run("Get-AROperation web1").Output.Count;

        foreach (var command in ChangingCommands)
        {
            var more = command switch
            {
                "New-ARService" => "-ServiceName web2 -ImageIdentifier public.ecr.aws/nginx/nginx:1",
                "Update-ARService" => "web1 -Memory 4",
                _ => "web1",
            };
            var result = session.Run($"{command} {more} -WhatIf -Verbose");
            result.ShouldBeClean().Output.ShouldBeEmpty(command);
            result.Verbose.ShouldContain(text => text.Contains("{\n", StringComparison.Ordinal), command);
        }

        session.Run("Get-ARService").Output.Count.ShouldBe(1);
        session.Run("Get-AROperation web1").Output.Count.ShouldBe(operations);
    }

    [Theory]
    [InlineData("Suspend-ARService web1", "\"Suspend\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\"")]
    [InlineData("Remove-ARService web1", "\"Remove\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\"")]
    [InlineData("Start-ARDeployment web1", "\"Deploy\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\"")]
    [InlineData("Update-ARService web1 -Memory 4", "\"Update\" on target \"service web1 in us-east-1, account 000000000000 (local endpoint)\"")]
    [InlineData("New-ARService web2 public.ecr.aws/nginx/nginx:1", "\"Create\" on target \"service web2 in us-east-1, account 000000000000 (local endpoint)\"")]
    public void Confirm_shows_the_resolved_target_and_No_sends_no_request(string command, string question)
    {
        var arn = session.NewService("web1").ServiceArn;
        session.Host.Reply = "No";

        session.Run(command.Replace("web1", arn, StringComparison.Ordinal) + " -Confirm").ShouldBeClean().Output.ShouldBeEmpty();

        session.Host.Questions.ShouldHaveSingleItem().ShouldContain(question);
        session.Run("Get-ARService").All<ServiceSummary>().ShouldHaveSingleItem().Status.ShouldBe(ServiceStatus.Running);
        session.Run("Get-AROperation web1").Output.Count.ShouldBe(1);
    }

    [Fact]
    public void Remove_prompts_by_default_and_Yes_removes()
    {
        session.NewService("web1");
        session.Host.Reply = "Yes";

        session.Run("$ConfirmPreference = 'High'; Remove-ARService web1").Service.Status.ShouldBe(ServiceStatus.OperationInProgress);

        session.Host.Questions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("-NonInteractive")]
    [InlineData("a host without prompts")]
    [InlineData("a host that does not implement prompts")]
    [InlineData("a console at the end of input")]
    public void A_prompt_that_cannot_be_shown_is_an_error_that_names_Confirm_false(string where)
    {
        session.NewService("web1");
        session.Host.Unanswered = where switch
        {
            "-NonInteractive" => new PSInvalidOperationException("PowerShell is in NonInteractive mode."),
            "a host without prompts" => new HostException("no"),
            "a host that does not implement prompts" => new PSNotImplementedException("no"),
            _ => new InvalidOperationException("The input has ended."),
        };

        var error = session.Run("$ConfirmPreference = 'High'; Remove-ARService web1").ErrorWith("InvalidParameter");

        error.ToString().ShouldContain("\"Remove\" on \"service web1 in us-east-1, account 000000000000 (local endpoint)\"");
        error.ErrorDetails.RecommendedAction.ShouldContain("-Confirm:$false");
        session.Run("Get-ARService").All<ServiceSummary>().ShouldHaveSingleItem().Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void YesToAll_prompts_once()
    {
        session.NewService("web1");
        session.NewService("web2");
        session.Host.Reply = "Yes to All";

        session.Run("Get-ARService | Remove-ARService").Services.Count.ShouldBe(2);

        session.Host.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public void A_service_with_an_operation_in_progress_is_an_error_and_the_others_are_changed()
    {
        using var slow = Session.Local("-OperationDuration 0");
        slow.NewService("idle");
        slow.Endpoint.SetNextOutcome(OperationStatus.Failed);
        slow.Run($"New-ARService broken {Session.Image} -Wait -PollInterval 0.02");

        var result = slow.Run("'broken', 'idle' | Suspend-ARService");

        result.Output.ShouldHaveSingleItem();
        var error = result.ErrorWith("InvalidServiceState");
        error.ToString().ShouldContain("CREATE_FAILED");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.ResourceBusy);
        error.TargetObject.ShouldBe(slow.Run("Get-ARService broken").Service.ServiceArn);
    }

    [Fact]
    public void The_name_of_a_deleted_service_can_be_used_again()
    {
        var old = session.NewService("web1");
        session.Run("Remove-ARService web1 -Confirm:$false -Wait -PollInterval 0.02").ShouldBeClean();
        var created = session.NewService("web1");

        session.Run("Get-ARService web1").Service.ServiceArn.ShouldBe(created.ServiceArn);
        created.ServiceArn.ShouldNotBe(old.ServiceArn);
        session.Run($"Get-ARService {old.ServiceArn}").Service.Status.ShouldBe(ServiceStatus.Deleted);
    }
}
