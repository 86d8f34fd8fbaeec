using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Loading;

public class RepeatedImportTests
{
    private static readonly string Import = $"Import-Module '{StagedModule.Manifest}'";

    [Theory]
    [InlineData("")]
    [InlineData(" -Force")]
    public void A_second_import_keeps_the_local_endpoint_its_services_and_the_defaults(string force)
    {
        using var session = Session.Local();
        session.NewService("kept");
        session.Run("Set-ARContext -Region us-east-1").ShouldBeClean();

        session.Run(Import + force).ShouldBeClean();

        session.Endpoint.IsRunning.ShouldBeTrue();
        session.Run("Get-ARService").All<ServiceSummary>().ShouldHaveSingleItem().ServiceName.ShouldBe("kept");
        session.Run("(Get-ARContext).Region").All<string>().ShouldBe(["us-east-1"]);
        session.Run("@(Get-Module AppRunner).Count").All<int>().ShouldBe([1]);
    }

    [Fact]
    public void A_removed_module_can_be_imported_again_with_new_state()
    {
        using var session = Session.Local();
        session.Run("Set-ARContext -Region eu-west-3; Remove-Module AppRunner").ShouldBeClean();
        session.Endpoint.IsRunning.ShouldBeFalse();

        // Not null if an endpoint of another test runs in this process.
        session.Run(Import + "; (Get-ARContext).Region").ShouldBeClean().Output.ShouldHaveSingleItem()?.BaseObject.ShouldNotBe("eu-west-3");
        session.Run("$own = Start-ARLocalEndpoint").ShouldBeClean();
        session.NewService("afresh").Status.ShouldBe(ServiceStatus.Running);
        session.Run("$own | Stop-ARLocalEndpoint").ShouldBeClean();
    }

    [Fact]
    public void Cmdlets_with_an_import_prefix_work()
    {
        using var session = Session.Empty();

        var result = session.Run($$"""
            {{Import}} -Prefix My
            $own = Start-MyARLocalEndpoint -OperationDuration 0.05
            $null = New-MyARService shop {{Session.Image}} -Wait -PollInterval 0.02
            Get-MyARService | Suspend-MyARService | Wait-MyAROperation -PollInterval 0.02
            $own | Stop-MyARLocalEndpoint
            """);

        result.Service.Status.ShouldBe(ServiceStatus.Paused);
        session.Run("@(Get-Command -Module AppRunner -Noun AR*).Count").All<int>().ShouldBe([0]);
    }

    [Fact]
    public void Removing_and_importing_in_one_runspace_does_not_affect_another()
    {
        using var one = Session.Local("-OperationDuration 0.05");
        using var two = Session.Local("-OperationDuration 0.05");
        one.NewService("of-one");
        two.NewService("of-two");

        two.Run($"Remove-Module AppRunner; {Import}").ShouldBeClean();

        two.Endpoint.IsRunning.ShouldBeFalse();
        one.Run("Get-ARService").All<ServiceSummary>().Select(service => service.ServiceName).ShouldBe(["of-one"]);
    }
}
