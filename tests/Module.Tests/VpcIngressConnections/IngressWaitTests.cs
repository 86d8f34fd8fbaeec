using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.VpcIngressConnections;

/// <summary>Waits of the VPC ingress connection cmdlets.</summary>
public sealed class IngressWaitTests : IDisposable
{
    private const string New = "New-ARVpcIngressConnection inside web1 " + PrivateService.Vpc;
    private const string NewByArn = "New-ARVpcIngressConnection inside arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef " + PrivateService.Vpc;
    private const string InsideArn = "arn:aws:apprunner:us-east-1:000000000000:vpcingressconnection/inside/0123456789abcdef0123456789abcdef";
    private const string Poll = " -Wait -PollInterval 0.02";

    private readonly Session session = Session.Local("-OperationDuration 0.2");

    public IngressWaitTests() => session.NewPrivateService("web1");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Without_Wait_the_response_is_written()
    {
        var created = session.Run(New).All<VpcIngressConnection>().Single();

        created.Status.ShouldBe(VpcIngressConnectionStatus.PendingCreation);
        created.ServiceName.ShouldBe("web1");
        created.IngressVpcConfiguration!.VpcEndpointId.ShouldBe("vpce-0123456789abcdef0");
    }

    [Fact]
    public void With_Wait_the_connection_is_written_in_its_final_status()
    {
        session.Run(New + Poll).All<VpcIngressConnection>().Single().Status.ShouldBe(VpcIngressConnectionStatus.Available);

        var updated = session.Run("Update-ARVpcIngressConnection inside -VpcEndpointId vpce-0123456789abcdef1" + Poll).All<VpcIngressConnection>().Single();
        updated.Status.ShouldBe(VpcIngressConnectionStatus.Available);
        updated.IngressVpcConfiguration!.ToString().ShouldBe("vpce-0123456789abcdef1 in vpc-0123456789abcdef0");

        session.Run("Get-ARVpcIngressConnection | Remove-ARVpcIngressConnection -Confirm:$false" + Poll).All<VpcIngressConnection>().Single().Status.ShouldBe(VpcIngressConnectionStatus.Deleted);
        session.Run("Get-ARVpcIngressConnection").Output.ShouldBeEmpty();
        session.Complete("Get-ARVpcIngressConnection ins").ShouldNotContain("inside");
    }

    [Fact]
    public async Task A_deleted_connection_that_is_not_found_any_more_is_written_as_DELETED()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        relayed.NewPrivateService("web1");
        relayed.Run(New + Poll).ShouldBeClean();
        relay.Before = (operation, _, _) => Task.FromResult(operation == "DescribeVpcIngressConnection" && relay.CountOf("DeleteVpcIngressConnection") > 0 ? ScriptedServer.Error("ResourceNotFoundException", "gone") : null);

        var removed = relayed.Run("Remove-ARVpcIngressConnection inside -Confirm:$false" + Poll).All<VpcIngressConnection>().Single();

        (removed.VpcIngressConnectionName, removed.Status).ShouldBe(("inside", VpcIngressConnectionStatus.Deleted));
    }

    [Fact]
    public async Task Several_waits_run_at_the_same_time()
    {
        using var relayed = Session.Relayed(out var relay, "-OperationDuration 0");
        await using var disposal = relay;
        foreach (var name in new[] { "web1", "web2", "web3" })
            relayed.NewPrivateService(name);

        // No poll gets a response before all are created: sequential waits would never end.
        var created = new TaskCompletionSource();
        relay.Before = async (operation, earlier, _) =>
        {
            if (operation == "CreateVpcIngressConnection" && earlier == 2)
                created.SetResult();
            if (operation == "DescribeVpcIngressConnection")
                await created.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return null;
        };

        var ingresses = relayed.Run($"Get-ARService web? | ForEach-Object {{ [pscustomobject]@{{ VpcIngressConnectionName = 'to-' + $_.ServiceName; ServiceArn = $_.ServiceArn }} }} | New-ARVpcIngressConnection {PrivateService.Vpc}{Poll}").All<VpcIngressConnection>();

        ingresses.Select(ingress => $"{ingress.VpcIngressConnectionName} {ingress.Status}").Order().ShouldBe(["to-web1 AVAILABLE", "to-web2 AVAILABLE", "to-web3 AVAILABLE"]);
    }

    [Theory]
    [InlineData("CREATE_VPC_INGRESS_CONNECTION", "New-ARVpcIngressConnection inside web1 " + PrivateService.Vpc, "FAILED_CREATION", "web1")]
    [InlineData("UPDATE_VPC_INGRESS_CONNECTION", "Update-ARVpcIngressConnection inside -VpcEndpointId vpce-0123456789abcdef1", "FAILED_UPDATE", null)]
    [InlineData("DELETE_VPC_INGRESS_CONNECTION", "Remove-ARVpcIngressConnection inside -Confirm:$false", "FAILED_DELETION", null)]
    public void A_failure_is_an_error(string operation, string script, string status, string? target)
    {
        var before = target is null ? session.Run(New + Poll).All<VpcIngressConnection>().Single() : null;
        session.Endpoint.SetNextOutcome("FAILED", operation, "inside");

        var result = session.Run(script + Poll);

        result.Output.ShouldBeEmpty();
        var error = result.ErrorWith("OperationFailed");
        error.ToString().ShouldBe($"VPC ingress connection \"inside\" is {status}.");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.InvalidResult);
        error.TargetObject.ShouldBe(before?.VpcIngressConnectionArn ?? session.Run("Get-ARService web1").Service.ServiceArn);
        error.ErrorDetails.RecommendedAction.ShouldNotBeNullOrEmpty();
        ((OperationFailedException)error.Exception).Resource.ShouldBeOfType<VpcIngressConnection>().Status.ShouldBe(status);
        session.Run("Get-ARVpcIngressConnection inside").All<VpcIngressConnection>().Single().Status.ShouldBe(status);
    }

    [Fact]
    public void A_failure_does_not_stop_the_others()
    {
        session.NewPrivateService("web2");
        session.Endpoint.SetNextOutcome("FAILED", "CREATE_VPC_INGRESS_CONNECTION", "to-web1");

        var result = session.Run($"'web1', 'web2' | ForEach-Object {{ [pscustomobject]@{{ Name = \"to-$_\"; ServiceName = $_ }} }} | New-ARVpcIngressConnection {PrivateService.Vpc}{Poll}");

        result.ErrorWith("OperationFailed");
        result.Output.ShouldHaveSingleItem()!.ToString().ShouldBe("to-web2");
    }

    [Fact]
    public async Task A_timeout_says_that_the_change_continues_and_how_to_check_it()
    {
        await using var server = Pending(new TaskCompletionSource());
        using var other = Session.To(server);

        var error = other.Run(NewByArn + " -Wait -Timeout 0.05 -PollInterval 0.02").ErrorWith("WaitTimeout");

        error.CategoryInfo.Category.ShouldBe(ErrorCategory.OperationTimeout);
        error.ToString().ShouldBe("VPC ingress connection \"inside\" is still PENDING_CREATION after 0.1 s. The wait timed out; the change continues.");
        error.ErrorDetails.RecommendedAction.ShouldContain($"Get-ARVpcIngressConnection '{InsideArn}'");
    }

    [Fact]
    public async Task Progress_shows_the_activity_and_is_completed()
    {
        // Ends after the progress bar was shown.
        var status = VpcIngressConnectionStatus.PendingCreation;
        await using var server = Ingress(() => Volatile.Read(ref status), () => { });
        using var other = Session.To(server);
        other.Host.ProgressShown = record =>
        {
            if (record.RecordType == ProgressRecordType.Processing)
                Volatile.Write(ref status, VpcIngressConnectionStatus.Available);
        };

        var progress = other.Run(NewByArn + Poll + " -Timeout 60").Progress;

        var bar = progress.First(record => record.RecordType == ProgressRecordType.Processing);
        bar.Activity.ShouldBe("New-ARVpcIngressConnection inside (us-east-1)");
        bar.StatusDescription.ShouldMatch(@"^PENDING_CREATION, \d\d:\d\d:\d\d$");
        progress.GroupBy(record => record.ActivityId).ShouldAllBe(records => records.Last().RecordType == ProgressRecordType.Completed);
    }

    [Theory]
    [InlineData(New)]
    [InlineData("Update-ARVpcIngressConnection inside -VpcId vpc-0123456789abcdef1")]
    [InlineData("Remove-ARVpcIngressConnection inside -Confirm:$false")]
    public void A_PollInterval_of_zero_is_rejected(string script)
    {
        var before = session.Endpoint.RequestCount;

        session.Run(script + " -PollInterval 0").ErrorWith("InvalidParameter").ToString().ShouldContain("PollInterval");

        session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void A_status_that_does_not_allow_a_change_is_an_error()
    {
        var removed = session.Run($"$null = {New}{Poll}; Remove-ARVpcIngressConnection inside -Confirm:$false{Poll}").All<VpcIngressConnection>().Single();

        foreach (var script in new[] { $"Update-ARVpcIngressConnection {removed.VpcIngressConnectionArn} -VpcId vpc-0123456789abcdef1", $"Remove-ARVpcIngressConnection {removed.VpcIngressConnectionArn} -Confirm:$false" })
        {
            var error = session.Run(script).ErrorWith("InvalidServiceState");
            error.ToString().ShouldContain("DELETED", Case.Sensitive, script);
            error.CategoryInfo.Category.ShouldBe(ErrorCategory.ResourceBusy, script);
            error.TargetObject.ShouldBe(removed.VpcIngressConnectionArn, script);
        }
    }

    // Accepts the creation and never completes it; signals each poll.
    private static ScriptedServer Pending(TaskCompletionSource polled) => Ingress(() => VpcIngressConnectionStatus.PendingCreation, () => polled.TrySetResult());

    private static ScriptedServer Ingress(Func<string> status, Action polled) => new(request =>
    {
        if (Relay.Operation(request) == "DescribeVpcIngressConnection")
            polled();
        return ScriptedServer.Respond($$"""{"VpcIngressConnection":{"VpcIngressConnectionArn":"{{InsideArn}}","VpcIngressConnectionName":"inside","Status":"{{status()}}"} }""");
    });
}
