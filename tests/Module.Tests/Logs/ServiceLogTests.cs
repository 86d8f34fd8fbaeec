using System;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Logs;

public sealed class ServiceLogTests : IDisposable
{
    private readonly Session session = Session.Local();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_default_log_kind_is_Event()
    {
        var service = session.NewService("web1");

        var lines = session.Run("Get-ARServiceLog web1").All<ServiceLogRecord>();

        lines.Select(line => line.Message).ShouldBe(
        [
            "[AppRunner] This service is simulated by the local App Runner: nothing is fetched, built or run.",
            "[AppRunner] Service creation started.",
            "[AppRunner] Service status is set to OPERATION_IN_PROGRESS.",
            "[AppRunner] Service creation completed successfully.",
            "[AppRunner] Service status is set to RUNNING.",
        ]);
        lines.ShouldAllBe(line => line.ServiceName == "web1" && line.Kind == "Event" && line.Stream == "events" && line.Timestamp.Kind == DateTimeKind.Local);
        lines[0].Timestamp.ShouldBe(service.CreatedAt!.Value, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void OperationId_selects_the_lines_of_an_operation()
    {
        session.NewService("web1");
        var id = session.Run("Start-ARDeployment web1 -Wait -PollInterval 0.02").Service.OperationId;

        foreach (var script in new[] { $"Get-ARServiceLog web1 -OperationId {id}", "(Get-AROperation web1)[0] | Get-ARServiceLog", $"Get-ARServiceLog -Service web1 -Kind deployment -OperationId {id}" })
        {
            var lines = session.Run(script).All<ServiceLogRecord>();
            lines.Count.ShouldBe(2, script);
            lines.ShouldAllBe(line => line.Kind == "Deployment" && line.Stream == "deployment/" + id!.Replace("-", string.Empty, StringComparison.Ordinal));
        }

        session.Run("Get-ARServiceLog web1 -Kind Deployment").All<ServiceLogRecord>().Count.ShouldBe(4);
        session.Run("(Get-AROperation web1)[0] | Get-ARServiceLog -Kind Event").All<ServiceLogRecord>().ShouldAllBe(line => line.Kind == "Event");
        session.Run($"Get-ARServiceLog web1 -Kind Application -OperationId {id}").ErrorWith("InvalidParameter").ToString().ShouldContain("Deployment");
    }

    [Fact]
    public void Tail_and_Since_select_the_latest_lines()
    {
        session.NewService("web1");

        session.Run("Get-ARServiceLog web1 -Tail 1").All<ServiceLogRecord>().ShouldHaveSingleItem().Message!.ShouldContain("RUNNING");
        session.Run("Get-ARServiceLog web1 -Kind Deployment -Tail 9").All<ServiceLogRecord>().Count.ShouldBe(2);
        foreach (var since in new[] { "600", "00:10:00", "10m", "'1h 30m'", "1.5H", "2d", "'2d'", "90000ms", "1w", "99999999999d", "([datetime]::Now.AddMinutes(-10))", "([DateTimeOffset]::UtcNow.AddMinutes(-10))", "([timespan]::FromMinutes(10))", "([datetime]::UtcNow.AddMinutes(-10).ToString('o'))" })
            session.Run($"Get-ARServiceLog web1 -Since {since}").All<ServiceLogRecord>().Count.ShouldBe(5, since);
        session.Run("Get-ARServiceLog web1 -Since ([datetime]::Now.AddMinutes(10))").ShouldBeClean();
        session.Run("Get-ARServiceLog web1 -Until 10m").ShouldBeClean();
        session.Run("Get-ARServiceLog web1 -Until 10m -Tail 5").ShouldBeClean();
        session.Run("$lines = Get-ARServiceLog web1; Get-ARServiceLog web1 -StartTime $lines[0].Timestamp -EndTime $lines[-1].Timestamp -Tail 2").All<ServiceLogRecord>().Count.ShouldBe(2);
        session.Run("Get-ARServiceLog web1 -Since 5mo").Errors.ShouldHaveSingleItem().ToString().ShouldContain("'5mo' is neither a time nor a duration. Give a time, such as '2026-11-28 09:30', or a duration before now, such as 90s, 5m, 1h30m or 2d.");
        var contradiction = session.Run("Get-ARServiceLog web1 -Follow -Until 0").ErrorWith("InvalidParameter");
        (contradiction.ToString().Contains("-Follow", StringComparison.Ordinal), contradiction.ErrorDetails.RecommendedAction).ShouldBe((true, "Omit -Until or -Follow."));
        session.Run("Get-ARServiceLog web1 -Kind Deploymnet").ErrorWith("InvalidParameter").ToString().ShouldBe("Kind: 'Deploymnet' is not a known value (Event, Deployment, Application). Did you mean \"Deployment\"?");
        session.Run("Get-ARServiceLog web1 -Kind everything").ErrorWith("InvalidParameter").ToString().ShouldBe("Kind: 'everything' is not a known value (Event, Deployment, Application).");
        session.Run("Get-ARServiceLog web1 -Tail 0").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldContain("ParameterArgumentValidationError");
    }

    [Fact]
    public void A_missing_log_is_empty_and_a_missing_service_is_an_error()
    {
        session.NewService("web1");

        session.Run("Get-ARServiceLog web1 -Kind Application").ShouldBeClean();
        session.Run("Get-ARServiceLog web1 -OperationId 00000000-0000-0000-0000-000000000000").ShouldBeClean();
        session.Run("Get-ARServiceLog web2").ErrorWith("ServiceNotFound");
        session.Run("Get-ARServiceLog arn:aws:apprunner:us-east-1:000000000000:service/web2/0123456789abcdef0123456789abcdef").ErrorWith("ServiceNotFound");
        session.Run("'web2', 'web1' | Get-ARServiceLog").Output.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Follow_writes_each_line_once_and_stops_on_Ctrl_C()
    {
        session.NewService("web1");
        session.NewService("web2");
        var seen = new TaskCompletionSource();
        using var other = Session.Plain();
        other.Run($"Set-ARContext -Region us-east-1 -AccessKey {session.Endpoint.AccessKey} -SecretKey {session.Endpoint.SecretKey} -EndpointUrl {session.Endpoint.EndpointUrl}").ShouldBeClean();
        session["deploy"] = (Action)(() => Task.Run(() => other.Run("Start-ARDeployment web2 -Wait -PollInterval 0.02").ShouldBeClean()));
        session["seen"] = seen;

        var (result, took) = await session.StopAsync(
            """
            $count = 0
            'web1', 'web2' | Get-ARServiceLog -Follow | ForEach-Object {
                $_
                $count++
                if ($count -eq 14) { $deploy.Invoke() }
                if ($count -eq 20) { $seen.SetResult() }
            }
            """,
            seen.Task);

        took.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
        result.Errors.ShouldBeEmpty();
        var lines = result.Output.Select(line => line!.BaseObject.ShouldBeOfType<ServiceLogRecord>()).ToArray();
        lines.Length.ShouldBe(20);
        lines.Take(14).GroupBy(line => (line.ServiceName, line.Kind)).Count().ShouldBe(4);
        lines.Skip(14).ShouldAllBe(line => line.ServiceName == "web2");
        lines.Skip(14).ShouldContain(line => line.Message == "[AppRunner] Deployment completed successfully.");
    }

    [Fact]
    public void Follow_with_a_kind_is_narrowed_and_Follow_ends_when_the_service_is_deleted()
    {
        session.NewService("web1");
        session.NewService("web2");

        var all = session.Run("Remove-ARService web1 -Confirm:$false -Wait -PollInterval 0.02 | Get-ARServiceLog -Follow -Kind Event -Verbose");

        all.All<ServiceLogRecord>().Select(line => line.Kind).Distinct().ShouldBe(["Event"]);
        all.All<ServiceLogRecord>()[^1].Message!.ShouldContain("DELETED");
        all.Verbose.ShouldContain(line => line.Contains("is deleted; its logs have no more lines.", StringComparison.Ordinal));
    }

    [Fact]
    public void Wait_shows_the_lines_of_the_deployment_log()
    {
        session.NewService("web1");

        var result = session.Run("Start-ARDeployment web1 -Wait -PollInterval 0.02 -Verbose");

        result.Verbose.ShouldContain("web1: [AppRunner] Starting to deploy your application image.");
        result.Verbose.ShouldContain("web1: [AppRunner] Successfully deployed your application image.");
        session.Run("Start-ARDeployment web1 | Wait-AROperation -PollInterval 0.02").Verbose.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wait_shows_the_newest_line_of_the_deployment_log_in_the_progress_bar()
    {
        using var relayed = Session.Relayed(out var relay);
        await using var disposal = relay;
        relayed.NewService("web1");
        var id = relayed.Run("Start-ARDeployment web1 -Wait -PollInterval 0.02").Service.OperationId;
        var isShown = false;
        relayed.Host.ProgressShown = record => isShown |= record.StatusDescription.Contains("Successfully deployed", StringComparison.Ordinal);

        // The operation continues until its log is shown.
        relay.Before = (operation, _, _) => Task.FromResult(operation == "ListOperations" && !isShown
            ? ScriptedServer.Respond($$"""{"OperationSummaryList":[{"Id":"{{id}}","Type":"START_DEPLOYMENT","Status":"IN_PROGRESS"}]}""")
            : null);

        var progress = relayed.Run($"Wait-AROperation web1 -OperationId {id} -PollInterval 0.02 -Timeout 60").Progress;

        progress.Where(record => record.StatusDescription.Contains("Successfully deployed", StringComparison.Ordinal)).ShouldNotBeEmpty();
        progress.ShouldContain(record => record.StatusDescription.StartsWith("IN_PROGRESS, ", StringComparison.Ordinal) && record.StatusDescription.EndsWith(": [AppRunner] Successfully deployed your application image.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Update-ARService web1 -Memory 4 -Wait -PollInterval 0.02")]
    [InlineData("Start-ARDeployment web1 | Wait-AROperation -PollInterval 0.02")]
    public void The_error_of_a_failed_operation_has_the_last_log_lines(string script)
    {
        session.NewService("web1");
        session.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded);

        var error = session.Run(script).ErrorWith("OperationRolledBack");

        var failure = error.Exception.ShouldBeOfType<OperationFailedException>();
        failure.LogLines.ShouldBe(["[AppRunner] Starting to deploy your application image.", "[AppRunner] The outcome ROLLBACK_SUCCEEDED was set by SetNextOutcome.", "[AppRunner] Failed to deploy your application image. It was rolled back, so the previous version keeps running."]);
        error.ToString().ShouldEndWith($" The last lines of its log:\n  (1) {failure.LogLines[0]}\n  (2) {failure.LogLines[1]}\n  (3) {failure.LogLines[2]}");
        failure.Service!.ServiceName.ShouldBe("web1");
    }

    [Fact]
    public async Task An_unreadable_log_does_not_change_the_error()
    {
        using var relayed = Session.Relayed(out var relay);
        await using var disposal = relay;
        relay.Before = (operation, _, _) => Task.FromResult(operation is "FilterLogEvents" or "GetLogEvents" ? ScriptedServer.Error("AccessDeniedException", "not for you") : null);
        relayed.NewService("web1");
        relayed.Endpoint.SetNextOutcome(OperationStatus.Failed);

        var result = relayed.Run("Suspend-ARService web1 -Wait -PollInterval 0.02 -Verbose");

        var error = result.ErrorWith("OperationFailed");
        error.Exception.ShouldBeOfType<OperationFailedException>().LogLines.ShouldBeEmpty();
        error.ToString().ShouldNotContain("not for you");
        result.Verbose.ShouldContain(line => line.Contains("not for you", StringComparison.Ordinal));
        relayed.Run("Get-ARServiceLog web1").ErrorWith("AccessDenied").ErrorDetails.RecommendedAction.ShouldContain("logs:FilterLogEvents");
    }

    [Fact]
    public void Kinds_are_completed_and_the_view_shows_time_and_line()
    {
        session.Complete("Get-ARServiceLog web1 -Kind ").ShouldBe(["Event", "Deployment", "Application"]);
        session.NewService("web1");

        var shown = session.Show("Get-ARServiceLog web1 -Tail 1");

        // The complete line, however it is wrapped.
        string.Concat(shown.Where(letter => !char.IsWhiteSpace(letter))).ShouldContain("ServicestatusissettoRUNNING.");
        shown.ShouldMatch(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d +Event +");
    }
}
