using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Operations;

public sealed class ReadOperationsTests : IDisposable
{
    private readonly Session session = Session.Local("-OperationDuration 0");

    public ReadOperationsTests()
    {
        session.NewService("web1");
        session.Run("1..24 | ForEach-Object { Start-ARDeployment web1 -Wait -PollInterval 0.02 }").ShouldBeClean();
        session.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.PauseService);
        session.Run("Suspend-ARService web1 | Wait-AROperation -PollInterval 0.02 -ErrorAction SilentlyContinue").Ended.ShouldBeNull();
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void Operations_of_all_pages_are_written_newest_first()
    {
        var operations = session.Run("Get-AROperation web1").All<Operation>();

        operations.Count.ShouldBe(26);
        operations[0].Type.ShouldBe(OperationType.PauseService);
        operations[^1].Type.ShouldBe(OperationType.CreateService);
        operations.ShouldAllBe(operation => operation.ServiceName == "web1" && operation.Duration != null);
    }

    [Fact]
    public void Operations_are_filtered_by_status_type_and_id()
    {
        session.Run("Get-AROperation web1 -Status failed").All<Operation>().Single().Type.ShouldBe(OperationType.PauseService);
        session.Run("Get-AROperation web1 -Type start_deployment, CREATE_SERVICE").All<Operation>().Count.ShouldBe(25);
        var first = session.Run("Get-AROperation web1 -Type CREATE_SERVICE").All<Operation>().Single();
        session.Run($"Get-AROperation web1 {first.Id}").All<Operation>().Single().Type.ShouldBe(OperationType.CreateService);
    }

    [Fact]
    public void A_missing_operation_is_an_error()
    {
        session.Run("Get-AROperation web1 nothing").ErrorWith("ResourceNotFound").ToString().ShouldContain("\"web1\" has no operation nothing");
    }

    [Fact]
    public void The_output_of_a_starting_cmdlet_selects_its_operation()
    {
        session.Run("Start-ARDeployment web1 | Get-AROperation").All<Operation>().Single().Type.ShouldBe(OperationType.StartDeployment);
    }
}
