using System;
using System.IO;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.LocalEndpoints;

public sealed class ExecutionTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "ar-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Nothing_is_executed_without_AllowExecution()
    {
        using var session = Session.Local();
        session.Endpoint.AllowsExecution.ShouldBeFalse();
        var service = session.NewService("web1");
        service.ServiceUrl!.ShouldEndWith(".us-east-1.simulated.invalid");
        service.Url.ShouldBeNull();
        session.Endpoint.AddressOf(service.ServiceArn!).ShouldBeNull();
        Should.Throw<ResourceNotFoundException>(() => session.Endpoint.AddressOf("arn:aws:apprunner:us-east-1:000000000000:service/no/0123"));
    }

    [Fact]
    public void The_first_simulated_service_of_a_session_warns()
    {
        using var session = Session.Plain();
        session.Run("$own = Start-ARLocalEndpoint -OperationDuration 0").ShouldBeClean();
        try
        {
            session.Run($"New-ARService web1 {Session.Image} -Wait -PollInterval 0.02").Warnings.ShouldHaveSingleItem().ShouldContain("only simulated");
            session.Run($"New-ARService web2 {Session.Image}").Warnings.ShouldBeEmpty();
        }
        finally
        {
            session.Run("Stop-ARLocalEndpoint $own.Port");
        }
    }

    [Fact]
    public void With_Debug_the_service_is_written_before_a_warning_can_end_the_command()
    {
        using var session = Session.Plain();
        session.Run("$own = Start-ARLocalEndpoint -OperationDuration 0").ShouldBeClean();
        try
        {
            session.Host.Unanswered = new System.Management.Automation.Host.HostException("The prompt has no user.");
            var result = session.Run($"New-ARService web1 {Session.Image} -Debug 5>$null");

            (result.Errors.Count + (result.Ended is null ? 0 : 1)).ShouldBe(1, "The warning asks, and no user responds.");
            result.Output.ShouldHaveSingleItem()!.BaseObject.ShouldBeOfType<Service>().ServiceName.ShouldBe("web1");
        }
        finally
        {
            session.Run("Stop-ARLocalEndpoint $own.Port");
        }
    }

    [Theory]
    [InlineData("8k9ds5ecnd.eu-west-1.awsapprunner.com", "https://8k9ds5ecnd.eu-west-1.awsapprunner.com/")]
    [InlineData("0123.eu-west-1.localhost:4711", "http://127.0.0.1:4711/")]
    [InlineData("8k9ds5ecnd.eu-west-1.simulated.invalid", null)]
    [InlineData("", null)]
    public void Url_can_be_requested_as_it_is(string serviceUrl, string? url) => new ServiceSummary { ServiceUrl = serviceUrl }.Url.ShouldBe(url);

    [Theory]
    [InlineData("$service | New-ARService copy")]
    [InlineData("$service | ConvertTo-Json -Depth 9 | New-ARService copy")]
    [InlineData("$service | ConvertTo-Json -Depth 9 | ConvertFrom-Json | New-ARService copy")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($service, 7)) | New-ARService copy")]
    [InlineData("$service | Select-Object * | New-ARService copy")]
    [InlineData("$service | Select-Object * | Update-ARService -Memory 4")]
    [InlineData("$service | ConvertTo-Json -Depth 9 | Update-ARService -Memory 4")]
    [InlineData("$service | Select-Object * | Add-ARResourceTag -Tag @{ a = 1 } -PassThru | Get-ARService")]
    public void Url_is_ignored_by_input(string command)
    {
        using var session = Session.Local("-OperationDuration 0");
        session.NewService("web1");

        session.Run("$service = Get-ARService web1; $service | Add-Member -NotePropertyName Url -NotePropertyValue 'https://web1.example/' -Force; " + command).Service.ServiceName.ShouldNotBeNull();
    }

    [Fact]
    public void Execution_parameters_without_AllowExecution_cause_a_warning()
    {
        using var session = Session.Plain();
        var result = session.Run($"Start-ARLocalEndpoint -WorkFolder '{folder}' -BuildTimeout 5 | Stop-ARLocalEndpoint");
        result.Warnings.ShouldBe(["Without -AllowExecution, -WorkFolder, -BuildTimeout has no effect."]);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void A_failed_service_is_an_error_and_the_work_folder_is_empty_after_the_stop()
    {
        using var session = Session.Local($"-AllowExecution -WorkFolder '{folder}' -Secret @{{ a = 'hunter2'; c = 4 }} -BuildTimeout 60 -StartTimeout 00:01:00");
        session.Endpoint.AllowsExecution.ShouldBeTrue();
        session.Show("Get-ARLocalEndpoint | Format-List *").ShouldNotContain("hunter");
        var result = session.Run("New-ARService web1 -SourceConfiguration @{ CodeRepository = @{ RepositoryUrl = '/no/such/folder'; SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' }; CodeConfiguration = @{ ConfigurationSource = 'REPOSITORY' } } } -Wait -PollInterval 0.02");
        result.ErrorWith("OperationFailed");
        var service = session.Run("Get-ARService web1 -Detailed").Service;
        service.Status.ShouldBe(ServiceStatus.CreateFailed);
        service.ServiceUrl!.ShouldStartWith($"{service.ServiceId}.us-east-1.localhost:");
        service.Url.ShouldBe(session.Endpoint.AddressOf(service.ServiceArn!).ShouldNotBeNull() + "/");
        service.Url.ShouldStartWith("http://127.0.0.1:");
        // The work folder of this session; other sessions have their own.
        session.Run($"Stop-ARLocalEndpoint {session.Endpoint.Port}").ShouldBeClean();
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-BuildTimeout 0")]
    [InlineData("-StartTimeout 25:00:00")]
    [InlineData("-Secret @{ '' = 'x' }")]
    public void Execution_options_are_validated(string option)
    {
        using var session = Session.Plain();
        session.Run($"Start-ARLocalEndpoint -AllowExecution -WorkFolder '{folder}' {option}").ErrorWith("InvalidParameter");
    }

    [Fact]
    public void A_repository_can_be_a_path_relative_to_the_current_folder()
    {
        Directory.CreateDirectory(folder);
        using var session = Session.Local();
        session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{folder}')").ShouldBeClean();

        session.Run("New-ARService web1 -RepositoryUrl ./app -Wait -PollInterval 0.02").Service.SourceConfiguration!.CodeRepository!.RepositoryUrl
            .ShouldBe(Path.Combine(folder, "app"));
        session.Run("@{ ServiceName = 'web1'; SourceConfiguration = @{ CodeRepository = @{ RepositoryUrl = '.'; SourceCodeVersion = @{ Type = 'BRANCH'; Value = 'main' } } } } | Update-ARService -Wait -PollInterval 0.02").Service.SourceConfiguration!.CodeRepository!.RepositoryUrl
            .ShouldBe(folder);
    }

    [Fact]
    public void A_repository_path_is_sent_unchanged_to_AWS()
    {
        using var session = Session.Plain();

        var result = session.Run("New-ARService web1 -RepositoryUrl ./app -Region eu-west-1 -AccessKey AKIDEXAMPLE -SecretKey example -WhatIf -Verbose");

        result.Verbose.ShouldContain(line => line.Contains("\"RepositoryUrl\": \"./app\"", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIf_starts_no_endpoint()
    {
        using var session = Session.Plain();
        session.Run($"Start-ARLocalEndpoint -AllowExecution -WorkFolder '{folder}' -WhatIf").ShouldBeClean();
        Directory.Exists(folder).ShouldBeFalse();
    }
}
