using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Operations;

public sealed class WaitTests : IDisposable
{
    private const string Create = "New-ARService web1 " + Session.Image;

    private readonly Session session = Session.Local("-OperationDuration 0.3");

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData(Create + " | Wait-AROperation -PollInterval 0.05")]
    [InlineData("$service = " + Create + "; Wait-AROperation $service -PollInterval 0.05")]
    [InlineData("$null = " + Create + "; Get-AROperation web1 | Wait-AROperation -PollInterval 0.05")]
    [InlineData("$null = " + Create + "; Wait-AROperation web1 -PollInterval 0.05")]
    [InlineData("$null = " + Create + "; Wait-AROperation (Get-ARService web1).ServiceArn -PollInterval 0.05")]
    [InlineData("$service = " + Create + "; Wait-AROperation web1 $service.OperationId -PollInterval 0.05")]
    [InlineData("$null = " + Create + "; 'web1' | Wait-AROperation -PollInterval 0.05")]
    public void Wait_AROperation_accepts_services_operations_and_names(string script)
    {
        var service = session.Run(script).Service;

        service.Status.ShouldBe(ServiceStatus.Running);
        service.OperationId.ShouldBe(session.Run("Get-AROperation web1").All<Operation>().Single().Id);
    }

    [Fact]
    public async Task Several_waits_run_at_the_same_time()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;

        // No poll gets a response before all six are created: sequential waits would never end.
        var created = new TaskCompletionSource();
        relay.Before = async (operation, earlier, _) =>
        {
            if (operation == "CreateService" && earlier == 5)
                created.SetResult();
            if (operation == "ListOperations")
                await created.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return null;
        };

        relayed.Run($"1..6 | ForEach-Object {{ @{{ ServiceName = \"many$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService | Wait-AROperation -PollInterval 0.05")
            .Services.Select(service => service.ServiceName + " " + service.Status).Order().ShouldBe(Enumerable.Range(1, 6).Select(n => $"many{n} RUNNING"));
    }

    [Fact]
    public void Waiting_for_an_ended_operation_returns_immediately()
    {
        session.NewService("web1");

        session.Run("Wait-AROperation web1").Service.Status.ShouldBe(ServiceStatus.Running);
    }

    [Fact]
    public void A_rolled_back_update_is_an_error_although_the_service_runs()
    {
        session.NewService("web1");
        session.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded, OperationType.UpdateService);

        var result = session.Run("Update-ARService web1 -Memory 4 | Wait-AROperation -PollInterval 0.05");

        result.Output.ShouldBeEmpty();
        var error = result.ErrorWith("OperationRolledBack");
        error.ToString().ShouldContain("rolled back");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidResult);
        var failed = error.Exception.ShouldBeOfType<OperationFailedException>();
        failed.Operation!.Status.ShouldBe(OperationStatus.RollbackSucceeded);
        failed.Service!.Status.ShouldBe(ServiceStatus.Running);
        failed.Service.InstanceConfiguration!.Memory.ShouldBe("2048");
        error.TargetObject.ShouldBeOfType<Service>().ServiceName.ShouldBe("web1");
        error.ErrorDetails.RecommendedAction.ShouldContain("Get-ARServiceLog");
    }

    [Fact]
    public void With_Wait_a_failed_creation_is_an_error_and_the_other_services_are_written()
    {
        session.Endpoint.SetNextOutcome(OperationStatus.Failed, null, "bad1");

        var result = session.Run($"'bad1', 'good' | ForEach-Object {{ @{{ ServiceName = $_; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -Wait -PollInterval 0.05");

        result.Output.ShouldHaveSingleItem()!.BaseObject.ShouldBeOfType<Service>().ServiceName.ShouldBe("good");
        var error = result.ErrorWith("OperationFailed");
        error.ToString().ShouldContain("CREATE_FAILED");
        error.TargetObject.ShouldBe("bad1");
    }

    [Fact]
    public void A_timeout_says_that_the_operation_continues_and_how_to_wait_again()
    {
        using var slow = Session.Local("-OperationDuration 600");
        var service = slow.Run(Create).Service;

        var error = slow.Run("Wait-AROperation web1 -Timeout 0.1 -PollInterval 0.05").ErrorWith("WaitTimeout");

        error.CategoryInfo.Category.ShouldBe(ErrorCategory.OperationTimeout);
        error.ToString().ShouldContain("the operation continues");
        error.ErrorDetails.RecommendedAction.ShouldContain($"Wait-AROperation -Service '{service.ServiceArn}' -OperationId {service.OperationId}");
        slow.Run("Get-AROperation web1").All<Operation>().Single().HasEnded.ShouldBeFalse();
    }

    [Fact]
    public void The_exception_of_a_timeout_can_be_piped_to_Wait_AROperation()
    {
        using var slow = Session.Local("-OperationDuration 600");
        var service = slow.Run(Create).Service;
        slow.Run("try { Wait-AROperation web1 -Timeout 0.1 -PollInterval 0.05 -ErrorAction Stop } catch [AppRunner.Model.WaitTimeoutException] { $timeout = $_.Exception }").ShouldBeClean();

        var error = slow.Run("$timeout | Wait-AROperation -Timeout 0.1 -PollInterval 0.05").ErrorWith("WaitTimeout");

        var exception = error.Exception.ShouldBeOfType<WaitTimeoutException>();
        exception.ServiceArn.ShouldBe(service.ServiceArn);
        exception.OperationId.ShouldBe(service.OperationId);
    }

    [Fact]
    public void Waiting_for_a_deletion_writes_the_service_even_if_it_is_not_found_any_more()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        relayed.NewService("web1");
        relay.Before = (operation, _, _) => Task.FromResult(
            operation == "DescribeService" && relay.CountOf("DeleteService") > 0 ? ScriptedServer.Error("ResourceNotFoundException", "gone") : null);

        var service = relayed.Run("Remove-ARService web1 -Confirm:$false -Wait -PollInterval 0.02").Service;

        service.Status.ShouldBe(ServiceStatus.Deleted);
        service.ServiceName.ShouldBe("web1");
    }

    [Fact]
    public void Progress_shows_service_and_time_and_is_completed()
    {
        // Much longer than the 250 ms until a progress bar is shown, for a busy machine.
        using var slower = Session.Local("-OperationDuration 3");
        var progress = slower.Run(Create + " -Wait -PollInterval 0.05").Progress;

        var bar = progress.First(record => record.RecordType == ProgressRecordType.Processing);
        bar.Activity.ShouldContain("web1 (us-east-1)");
        bar.StatusDescription.ShouldMatch(@"\d\d:\d\d:\d\d");
        progress.GroupBy(record => record.ActivityId).ShouldAllBe(records => records.Last().RecordType == ProgressRecordType.Completed);
    }

    [Fact]
    public void Many_waits_share_one_summary_progress_bar()
    {
        using var slower = Session.Local("-OperationDuration 3");
        var progress = slower.Run($"1..20 | ForEach-Object {{ @{{ ServiceName = \"many$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 20 -Wait -PollInterval 0.05").Progress;

        progress.ShouldContain(record => record.Activity.Contains("20 operations", StringComparison.Ordinal) && record.PercentComplete >= 0);

        // With the newest line of all logs, and the service that wrote it.
        progress.ShouldContain(record => Regex.IsMatch(record.StatusDescription, @"remaining, \d\d:\d\d:\d\d: many\d+ \(us-east-1\): \[AppRunner\] \w"));
        progress.GroupBy(record => record.ActivityId).ShouldAllBe(records => records.Last().RecordType == ProgressRecordType.Completed);
    }

    [Theory]
    [InlineData("-PollInterval 0")]
    [InlineData("-PollInterval 00:00:00")]
    public void A_PollInterval_of_zero_is_rejected(string parameter)
    {
        session.Run("Wait-AROperation web1 " + parameter).ErrorWith("InvalidParameter").ToString().ShouldContain("PollInterval");

        session.Endpoint.RequestCount.ShouldBe(0);
    }

    [Fact]
    public void Time_parameters_accept_time_spans_and_seconds()
    {
        using var slow = Session.Local("-OperationDuration 00:10:00");
        slow.Endpoint.OperationDuration.ShouldBe(TimeSpan.FromMinutes(10));
        slow.Run(Create).ShouldBeClean();

        foreach (var timeout in new[] { "0.05", "'0.05'", "00:00:00.05", "([timespan]::FromMilliseconds(50))" })
            slow.Run($"Wait-AROperation web1 -Timeout {timeout} -PollInterval 0.01").ErrorWith("WaitTimeout");
    }

    [Fact]
    public void A_missing_service_is_an_error_and_the_others_are_waited_for()
    {
        session.NewService("web1");

        var result = session.Run("Wait-AROperation nowhere, web1");

        result.Output.Count.ShouldBe(1);
        result.ErrorWith("ServiceNotFound").TargetObject.ShouldBe("nowhere");
    }
}
