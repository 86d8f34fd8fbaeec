using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Loading;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Connections;

/// <summary>In separate processes: .NET reads the proxy variables once, and Ctrl+C ends a program.</summary>
public sealed class ProxyAndProcessTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("apprunner-tests-");

    public void Dispose() => home.Delete(recursive: true);

    [Fact]
    public async Task A_proxy_is_not_used_for_the_local_endpoint_and_its_password_is_not_shown()
    {
        await using var proxy = new ScriptedServer(ScriptedServer.Raw("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"));
        var url = $"http://someone:pass%40word@127.0.0.1:{proxy.Port}";

        var lines = await Probe.StartAsync(
            $$"""
            $null = Start-ARLocalEndpoint -OperationDuration 0
            (New-ARService web1 {{Session.Image}} -EnvironmentVariable @{ A = 'b' }).ServiceName
            (Get-ARServiceLog web1 -Tail 1).Kind
            (Get-ARServiceMetric web1 Requests).Metric
            Get-ARServiceMetric arn:aws:apprunner:us-east-1:123456789012:service/web1/0123456789abcdef0123456789abcdef -AccessKey a -SecretKey b -EndpointUrl https://apprunner.invalid
            Get-ARService -Region us-east-1 -AccessKey a -SecretKey b -EndpointUrl https://apprunner.invalid
            Get-ARService -Region us-east-1 -AccessKey a -SecretKey b -EndpointUrl http://apprunner.invalid
            $Error | ForEach-Object { $_ | Format-List * -Force | Out-String; $_.Exception.ToString() }
            Stop-ARLocalEndpoint
            """,
            ("HOME", home.FullName),
            ("HTTP_PROXY", url),
            ("HTTPS_PROXY", url),
            ("http_proxy", url),
            ("https_proxy", url));

        lines[..3].ShouldBe(["web1", "Event", "Requests"]);
        var text = string.Join("\n", lines);
        lines.Count(line => line.StartsWith("ERROR NetworkError", StringComparison.Ordinal)).ShouldBe(3, text);
        text.ShouldContain("requires authentication (HTTP 407)");
        text.ShouldNotContain("pass%40word");
        text.ShouldNotContain("pass@word");
        text.ShouldNotContain("someone");

        // Only the calls to apprunner.invalid.
        proxy.Requests.ShouldAllBe(request => request.Path.Contains("apprunner.invalid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_credential_process_with_its_child_processes()
    {
        var started = Path.Combine(home.FullName, "started");
        var seconds = (300 + System.Security.Cryptography.RandomNumberGenerator.GetInt32(100_000)).ToString(CultureInfo.InvariantCulture);
        var config = Path.Combine(home.FullName, "config");
        await File.WriteAllTextAsync(config, $"[profile tool]\ncredential_process = (sleep {seconds} &) && touch {started} && sleep {seconds} & wait\n", TestContext.Current.CancellationToken);

        var lines = await Probe.StartAndStopAsync(
            "Get-ARService -Region us-east-1 -ProfileName tool", UntilAsync(() => File.Exists(started) && Sleeping(seconds) == 2), ("HOME", home.FullName), ("AWS_CONFIG_FILE", config));

        lines.Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)).ShouldBeEmpty();
        await UntilAsync(() => Sleeping(seconds) == 0);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(10, TestContext.Current.CancellationToken))
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static int Sleeping(string seconds) => Directory.EnumerateDirectories("/proc").Count(folder => CommandLine(folder) == $"sleep\0{seconds}\0");

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
