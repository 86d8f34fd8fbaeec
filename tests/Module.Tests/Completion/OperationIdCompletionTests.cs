using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Completion;

/// <summary>Ids of operations are completed from what the session has read and started.</summary>
public sealed class OperationIdCompletionTests : IDisposable
{
    private static readonly string[] Lines = ["Get-AROperation web-one -OperationId ", "Get-AROperation web-one ", "Wait-AROperation web-one -Id ", "Get-ARServiceLog -OperationId <TAB> -Service web-one"];

    private readonly Session session = Session.Local("-OperationDuration 0");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Operations_that_were_started_are_completed_newest_first_without_a_call()
    {
        session.NewService("web-one");
        session.NewService("web-two");
        var updated = session.Run("Update-ARService web-one -Port 81").Service;
        session.Run("Wait-AROperation web-one -PollInterval 0.02").ShouldBeClean();
        session.Endpoint.SetNextOutcome(OperationStatus.RollbackSucceeded);
        session.Run("Update-ARService web-one -Port 82 -Wait -PollInterval 0.02 -ErrorAction SilentlyContinue");
        var before = session.Endpoint.RequestCount;

        foreach (var line in Lines)
        {
            var offered = session.Completions(line);
            offered.Select(operation => operation.ToolTip.Split(", started ")[0])
                .ShouldBe(["UPDATE_SERVICE of web-one, ROLLBACK_SUCCEEDED", "UPDATE_SERVICE of web-one, SUCCEEDED", "CREATE_SERVICE of web-one, SUCCEEDED"], line);
            offered.ShouldAllBe(operation => Started(operation.ToolTip).Length == "10:12:03".Length);
            offered[1].CompletionText.ShouldBe(updated.OperationId);
        }

        session.Complete("Get-AROperation -OperationId ").Count.ShouldBe(4);
        session.Complete("Get-AROperation web-one, web-two -OperationId ").Count.ShouldBe(4);
        session.Complete($"Get-AROperation {updated.ServiceArn} -OperationId ").Count.ShouldBe(3);
        session.Complete($"Get-AROperation web-one -OperationId '{updated.OperationId![..20]}").ShouldBe([updated.OperationId]);
        session.Complete("Get-AROperation web-three -OperationId ").ShouldBeEmpty();
        session.Endpoint.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void An_operation_is_in_progress_until_its_end_was_seen()
    {
        session.NewService("web-one");
        var id = session.Run("Publish-ARService web-one public.ecr.aws/nginx/nginx:2 -Port 8000").Service.OperationId!;
        session.Completions(Lines[0])[0].ToolTip.ShouldStartWith("UPDATE_SERVICE of web-one, IN_PROGRESS, started ");

        session.Run("Get-AROperation web-one").ShouldBeClean();
        var offered = session.Completions(Lines[0])[0];

        (offered.CompletionText, offered.ToolTip.Split(", started ")[0]).ShouldBe((id, "UPDATE_SERVICE of web-one, SUCCEEDED"));
    }

    [Fact]
    public void Ids_that_do_not_exist_are_not_offered()
    {
        session.NewService("web-one");
        session.Run("Wait-AROperation web-one nothing -PollInterval 0.02").ErrorWith("ResourceNotFound");
        session.Run("Get-AROperation web-one nothing").ErrorWith("ResourceNotFound");

        session.Complete(Lines[0]).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Operations_that_were_read_have_their_own_start_with_the_date_if_it_was_not_today()
    {
        var now = DateTimeOffset.UtcNow;
        var yesterday = now.AddDays(-2);
        await using var server = new ScriptedServer(_ => ScriptedServer.Respond($$"""
            {"OperationSummaryList":[
            {"Id":"old","Type":"PAUSE_SERVICE","Status":"FAILED","TargetArn":"arn:aws:apprunner:us-east-1:000000000000:service/web-one/0123456789abcdef0123456789abcdef","StartedAt":{{yesterday.ToUnixTimeSeconds()}}},
            {"Id":"new","Type":"RESUME_SERVICE","Status":"PENDING","TargetArn":"arn:aws:apprunner:us-east-1:000000000000:service/web-one/0123456789abcdef0123456789abcdef","StartedAt":{{now.ToUnixTimeSeconds()}}}]}
            """));
        using var reader = Session.To(server);
        reader.Run("Get-AROperation arn:aws:apprunner:us-east-1:000000000000:service/web-one/0123456789abcdef0123456789abcdef").ShouldBeClean();

        reader.Completions(Lines[0]).Select(operation => (operation.CompletionText, operation.ToolTip)).ShouldBe(
        [
            ("new", "RESUME_SERVICE of web-one, PENDING, started " + now.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
            ("old", "PAUSE_SERVICE of web-one, FAILED, started " + yesterday.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        ]);
        session.Complete(Lines[0]).ShouldBeEmpty();
    }

    private static string Started(string tooltip) => tooltip.Split(", started ")[1];
}
