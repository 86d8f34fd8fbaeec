using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Services;

public sealed class LostResponseTests : IAsyncDisposable
{
    private readonly Session session;
    private readonly Relay relay;

    public LostResponseTests() => session = Session.Relayed(out relay, "-OperationDuration 0");

    public async ValueTask DisposeAsync()
    {
        session.Dispose();
        await relay.DisposeAsync();
    }

    public static TheoryData<string> Faults => ["close", "reset", "truncated"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_lost_CreateService_response_creates_one_service_and_writes_it(string fault)
    {
        relay.After = (operation, _) => operation == "CreateService" ? Fault(fault) : null;

        var service = session.Run($"New-ARService web1 {Session.Image} -Cpu 0.5 -Memory 1 -Tag @{{ a = 1 }}").Service;

        relay.CountOf("CreateService").ShouldBe(1);
        session.Run("Get-ARService").All<ServiceSummary>().ShouldHaveSingleItem().ServiceArn.ShouldBe(service.ServiceArn);
        service.OperationId.ShouldBe(session.Run("Get-AROperation web1").All<Operation>().Single().Id);
    }

    [Fact]
    public void Wait_works_after_a_lost_response()
    {
        relay.After = (operation, _) => operation == "CreateService" ? ScriptedServer.Close() : null;

        session.Run($"New-ARService web1 {Session.Image} -Wait -PollInterval 0.02").Service.Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void A_service_created_by_someone_else_is_ServiceAlreadyExists()
    {
        session.NewService("web1", "-Port 99");
        relay.Before = (operation, _, _) => Task.FromResult(operation == "CreateService" ? ScriptedServer.Close() : null);

        var error = session.Run($"New-ARService web1 {Session.Image} -Port 80").ErrorWith("ServiceAlreadyExists");

        error.ToString().ShouldContain("this request did not create it");
        error.CategoryInfo.Category.ShouldBe(System.Management.Automation.ErrorCategory.ResourceExists);
        error.TargetObject.ShouldBe("web1");
        relay.CountOf("CreateService").ShouldBe(2);
        session.Run("Get-ARService").Output.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Suspend-ARService web1", "PauseService")]
    [InlineData("Update-ARService web1 -Memory 4", "UpdateService")]
    [InlineData("Remove-ARService web1 -Confirm:$false", "DeleteService")]
    [InlineData("Start-ARDeployment web1", "StartDeployment")]
    public void A_change_with_a_lost_response_is_found_by_its_operation(string command, string operation)
    {
        session.NewService("web1");
        relay.After = (name, _) => name == operation ? ScriptedServer.Close() : null;

        var service = session.Run(command).Service;

        relay.CountOf(operation).ShouldBe(1);
        service.OperationId.ShouldBe(session.Run($"Get-AROperation {service.ServiceArn}").All<Operation>()[0].Id);
    }

    [Fact]
    public void Verbose_output_shows_the_handling_of_a_lost_response()
    {
        relay.After = (operation, _) => operation == "CreateService" ? ScriptedServer.Close() : null;

        session.Run($"New-ARService web1 {Session.Image} -Verbose").Verbose.ShouldContain(text => text.Contains("response to CreateService was lost", StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_with_a_new_role_is_retried()
    {
        relay.Before = (operation, earlier, _) => Task.FromResult(
            operation == "CreateService" && earlier == 0 ? ScriptedServer.Error("InvalidRequestException", "Error in assuming access role arn:aws:iam::1:role/x") : null);

        var result = session.Run($"New-ARService web1 {Session.Image} -Verbose");

        result.Service.ServiceName.ShouldBe("web1");
        result.Verbose.ShouldContain(text => text.Contains("cannot assume the role yet", StringComparison.Ordinal));
        relay.CountOf("CreateService").ShouldBe(2);
    }

    private static Step Fault(string name) => name switch
    {
        "close" => ScriptedServer.Close(),
        "reset" => ScriptedServer.Reset(),
        _ => ScriptedServer.Truncated("{\"Service\":", 500),
    };
}
