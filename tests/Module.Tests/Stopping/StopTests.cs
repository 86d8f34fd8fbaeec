using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Stopping;

/// <summary>Ctrl+C ends every command within a second, without an error.</summary>
public sealed class StopTests
{
    private const string Arn = "arn:aws:apprunner:us-east-1:000000000000:service/web1/0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Calls =>
    [
        "Get-ARService",
        "Get-ARService web1",
        "Get-ARService " + Arn,
        "Get-ARService -Region us-east-1, eu-west-1",
        "Get-AROperation web1",
        "Wait-AROperation " + Arn,
        "Test-ARService web1",
        "Test-ARService " + Arn,
        "New-ARService web1 " + Session.Image,
        $"1..20 | ForEach-Object {{ @{{ ServiceName = \"bulk$_\"; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -ThrottleLimit 4",
        "Update-ARService " + Arn + " -Cpu 2",
        "Suspend-ARService " + Arn,
        "Remove-ARService " + Arn + " -Confirm:$false",
        "Start-ARDeployment " + Arn,
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Ctrl_C_cancels_a_call_to_an_unresponsive_server(string script)
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });
        using var session = Session.To(server);

        var (result, took) = await session.StopAsync(script, requestReceived.Task);

        took.ShouldBeLessThan(Second);
        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_cancels_the_delay_before_a_retry()
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Error("InvalidRequestException", "Error in assuming access role arn:aws:iam::1:role/x");
        });
        using var session = Session.To(server);

        var (result, took) = await session.StopAsync("New-ARService web1 " + Session.Image, requestReceived.Task);

        took.ShouldBeLessThan(Second);
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_cancels_a_wait_and_warns_how_to_wait_again()
    {
        using var session = Session.Relayed(out var relay, "-OperationDuration 600");
        await using var disposal = relay;
        var polled = new TaskCompletionSource();
        relay.After = (operation, earlier) =>
        {
            if (operation == "ListOperations" && earlier == 1)
                polled.TrySetResult();
            return null;
        };

        var (result, took) = await session.StopAsync($"New-ARService web1 {Session.Image} -Wait -PollInterval 0.05", polled.Task);

        took.ShouldBeLessThan(Second);
        result.Errors.ShouldBeEmpty();
        var text = session.Host.WarningLines.ShouldHaveSingleItem();
        text.ShouldContain("continues");
        text.ShouldContain("Wait-AROperation -Service 'arn:aws:apprunner:us-east-1:000000000000:service/web1/");
        text.ShouldContain("-OperationId ");
    }

    [Theory]
    [InlineData("bulk{0}", "Get-ARService bulk* -Region us-east-1 | Wait-AROperation")]
    [InlineData("{0}-site", "Get-ARService -Status OPERATION_IN_PROGRESS -Region us-east-1 | Wait-AROperation")]
    public async Task Ctrl_C_in_many_waits_is_one_line(string name, string command)
    {
        const int Count = 12;
        using var session = Session.Relayed(out var relay, "-OperationDuration 600");
        await using var closing = relay;
        var polled = new TaskCompletionSource();
        relay.Before = (operation, earlier, _) =>
        {
            if (operation == "ListOperations" && earlier >= 3 * Count && relay.CountOf("CreateService") == Count)
                polled.TrySetResult();
            return Task.FromResult<Step?>(null);
        };

        var (result, _) = await session.StopAsync($"1..{Count} | ForEach-Object {{ @{{ ServiceName = '{name}' -f $_; ImageIdentifier = '{Session.Image}' }} }} | New-ARService -Wait -PollInterval 0.05 -ThrottleLimit 4", polled.Task);

        result.Errors.ShouldBeEmpty();
        session.Host.WarningLines.ShouldHaveSingleItem().ShouldBe($"{Count} operations continue. To wait again: {command}");
    }

    [Fact]
    public async Task The_command_to_wait_again_has_the_profile()
    {
        using var session = Session.Relayed(out var relay, "-OperationDuration 600", $"1..4 | ForEach-Object {{ $null = New-ARService \"bulk$_\" {Session.Image} }}");
        await using var closing = relay;
        var polled = new TaskCompletionSource();
        relay.Before = (operation, earlier, _) =>
        {
            if (operation == "ListOperations" && earlier >= 12)
                polled.TrySetResult();
            return Task.FromResult<Step?>(null);
        };
        var config = Directory.CreateTempSubdirectory("ar-profile-");
        var file = Path.Combine(config.FullName, "config");
        await File.WriteAllTextAsync(file, $"[profile dev]\naws_access_key_id = {Keys.AccessKey}\naws_secret_access_key = {Keys.SecretKey}\n", TestContext.Current.CancellationToken);
        var identity = $"-Region us-east-1 -EndpointUrl {relay.Server.Url} -ProfileName dev";

        var many = await Probe.StartAndStopAsync($"'bulk1', 'bulk2', 'bulk3', 'bulk4' | Wait-AROperation -PollInterval 0.05 {identity}", polled.Task, ("AWS_CONFIG_FILE", file));
        var timedOut = await Probe.StartAsync($"Wait-AROperation bulk1 -PollInterval 0.05 -Timeout 0.1 {identity}; $Error[0].ErrorDetails.RecommendedAction", ("AWS_CONFIG_FILE", file));
        config.Delete(recursive: true);

        many.ShouldContain("WARNING 4 operations continue. To wait again: Get-ARService bulk* -Region us-east-1 -ProfileName 'dev' | Wait-AROperation -ProfileName 'dev'");
        timedOut[0].ShouldContain("' -ProfileName 'dev'");
    }

    [Fact]
    public async Task Ctrl_C_warns_about_a_request_without_a_response()
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });
        using var session = Session.To(server);

        await session.StopAsync($"New-ARService web1 {Session.Image}", requestReceived.Task);

        session.Host.WarningLines.ShouldHaveSingleItem().ShouldContain("service web1 in us-east-1, credentials: given keys");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ctrl_C_during_a_read_writes_no_warning()
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(_ =>
        {
            requestReceived.TrySetResult();
            return ScriptedServer.Silence();
        });
        using var session = Session.To(server);

        await session.StopAsync("Get-ARService", requestReceived.Task);

        session.Host.WarningLines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_stops_a_local_endpoint_in_the_foreground()
    {
        using var session = Session.Plain();
        var started = new TaskCompletionSource<LocalEndpoint>();
        session["started"] = started;

        var (result, took) = await session.StopAsync("Start-ARLocalEndpoint -Foreground | ForEach-Object { $started.SetResult($_) }", started.Task);

        took.ShouldBeLessThan(Second);
        result.Errors.ShouldBeEmpty();
        (await started.Task).IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task The_session_works_after_Ctrl_C()
    {
        var requestReceived = new TaskCompletionSource();
        await using var server = new ScriptedServer(request =>
        {
            requestReceived.TrySetResult();
            return request.Body.Contains("web1", StringComparison.Ordinal) ? ScriptedServer.Silence() : ScriptedServer.Respond("""{"ServiceSummaryList":[{"ServiceName":"shop"}]}""");
        });
        using var session = Session.To(server);
        await session.StopAsync($"Get-ARService {Arn}", requestReceived.Task);

        session.Run("Get-ARService").All<ServiceSummary>().Single().ServiceName.ShouldBe("shop");
    }
}
