using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Secrets;

/// <summary>With -Debug a command does the same as without it, and shows each request and response.</summary>
public sealed class DebugTests : IDisposable
{
    private readonly Session session = Session.Local();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-ARServiceLog web1 -Debug", "FilterLogEvents")]
    [InlineData("Get-ARServiceLog web1 -Kind Deployment -Debug", "FilterLogEvents")]
    [InlineData("Get-ARServiceLog web1 -Tail 3 -Debug", "GetLogEvents")]
    [InlineData("Get-ARServiceLog web1 -Kind Deployment -Tail 1 -Debug", "DescribeLogStreams")]
    [InlineData("Remove-ARService web1 -Confirm:$false -Wait -PollInterval 0.02 | Get-ARServiceLog -Follow -Kind Event -Debug", "FilterLogEvents")]
    [InlineData("Get-ARServiceMetric web1 Requests -Debug -WarningAction SilentlyContinue", "GetMetricData")]
    [InlineData("New-ARService web2 " + Session.Image + " -Wait -PollInterval 0.02 -Verbose -Debug", "CreateService")]
    [InlineData("Update-ARService web1 -Memory 4 -Wait -PollInterval 0.02 -Verbose -Debug", "FilterLogEvents")]
    public void Requests_and_responses_are_shown_and_the_output_is_written(string script, string operation)
    {
        session.NewService("web1");

        var result = session.Run($"{script} 5>&1");

        result.ShouldBeClean();
        result.Output.ShouldContain(item => !(item!.BaseObject is DebugRecord));
        Shown(result).ShouldContain(text => text.StartsWith($"Response to {operation}:", StringComparison.Ordinal));
        Shown(result).ShouldNotContain(text => text.Contains("cannot be shown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_wait_keeps_its_error_and_the_log_lines()
    {
        session.NewService("web1");
        session.Endpoint.SetNextOutcome(OperationStatus.Failed, OperationType.UpdateService);

        var error = session.Run("Update-ARService web1 -Memory 4 -Wait -PollInterval 0.02 -Debug -WarningAction Continue -ErrorAction Continue 5>$null").ErrorWith("OperationFailed");

        error.Exception.ShouldBeOfType<OperationFailedException>().LogLines.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Each_request_is_shown_with_the_endpoint_it_is_sent_to()
    {
        await using var metrics = new ScriptedServer(ScriptedServer.Respond("""{"MetricDataResults":[]}"""));
        await using var apprunner = new ScriptedServer(ScriptedServer.Respond("""{"ServiceSummaryList":[{"ServiceName":"web1","ServiceArn":"arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef"}]}"""));

        var lines = await Probe.StartAsync(
            $"Get-ARServiceMetric web1 Requests -Region us-east-1 -AccessKey {Keys.AccessKey} -SecretKey {Keys.SecretKey} -Debug -WarningAction Continue 5>&1",
            ("AWS_ENDPOINT_URL_CLOUDWATCH", metrics.Url),
            ("AWS_ENDPOINT_URL_APPRUNNER", apprunner.Url));

        lines.ShouldContain(line => line.StartsWith($"GetMetricData to {new Uri(metrics.Url)} (us-east-1)", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith($"ListServices to {new Uri(apprunner.Url)} (us-east-1)", StringComparison.Ordinal));
    }

    private static string[] Shown(RunResult result) => [.. result.Output.Select(item => item!.BaseObject).OfType<DebugRecord>().Select(record => record.Message)];
}
