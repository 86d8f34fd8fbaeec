using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint;
using AppRunner.LocalEndpoint.Execution;
using AppRunner.Model;
using AppRunner.Unit.Tests.LocalEndpoint;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public sealed class CrashTests : IDisposable
{
    private readonly string workFolder = Directory.CreateTempSubdirectory("ar-work-").FullName;

    public void Dispose() => FolderRemoval.TryDelete(workFolder).ShouldBeNull();

    [Fact]
    public async Task The_next_endpoint_cleans_up_after_a_killed_one()
    {
        using var repository = new GitFolder();
        using var host = Start();
        var program = await ServeAsync(host, repository);
        host.Kill();
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(!IsRunning(program)), () => "the end of the program");
        var left = Directory.GetDirectories(workFolder).ShouldHaveSingleItem();

        using var next = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        Directory.GetDirectories(workFolder).ShouldHaveSingleItem().ShouldNotBe(left);
        next.Stop();
        Directory.GetFileSystemEntries(workFolder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_process_exit_or_signal_stops_the_endpoint_without_leftovers(string? signal)
    {
        Assert.SkipWhen(signal is not null && OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(signal is not null && IsIgnored(signal), "The tests were started with the signal ignored (by nohup, for example), and child processes inherit that.");
        using var repository = new GitFolder();
        using var host = Start();
        var program = await ServeAsync(host, repository);
        if (signal is null)
            host.StandardInput.Close();
        else
            Process.Start("kill", ["-s", signal, host.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        IsRunning(program).ShouldBeFalse();
        Directory.GetFileSystemEntries(workFolder).ShouldBeEmpty();
    }

    // Linux tells which signals are ignored.
    private static bool IsIgnored(string signal)
    {
        const string Status = "/proc/self/status";
        const string Mask = "SigIgn:";
        if (!File.Exists(Status) || File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal)) is not { } line)
            return false;
        var number = signal == "HUP" ? 1 : 15;
        return (ulong.Parse(line[Mask.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (number - 1) & 1) == 1;
    }

    [Fact]
    public async Task The_next_endpoint_kills_processes_of_a_killed_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the system kills them with their endpoint.");

        // A process group as an endpoint creates it, but without a watcher.
        using var left = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", "echo ready; sleep 1000 & sleep 1001"]) { RedirectStandardOutput = true })!;
        await left.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var folder = Path.Combine(workFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "processes"));
        await File.WriteAllTextAsync(Path.Combine(folder, "endpoint.lock"), string.Empty, TestContext.Current.CancellationToken);
        ProcessRecord.Of(left.Id)!.Write(Path.Combine(folder, "processes", left.Id.ToString(CultureInfo.InvariantCulture)));

        using var endpoint = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(left.HasExited), () => "the end of the process");
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void An_endpoint_that_fails_to_start_leaves_no_files()
    {
        using var first = new TestEndpoint();
        Should.Throw<LocalEndpointException>(() => new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder, Port = first.Endpoint.Port }, SystemClock.Instance))
            .Message.ShouldContain("is already in use by another program");
        Directory.GetFileSystemEntries(workFolder).ShouldBeEmpty();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_next_endpoint_removes_containers_of_a_killed_one_when_the_engine_responds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a script.");
        using var tools = new GitFolder(("docker", "#!/bin/sh\necho \"$*\" >> \"${0%/*}/calls\"\ntest ! -e \"${0%/*}/down\"\n"), ("down", string.Empty));
        var docker = Path.Combine(tools.Path, "docker");
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var folder = Path.Combine(workFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "containers"));
        await File.WriteAllTextAsync(Path.Combine(folder, "endpoint.lock"), string.Empty, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "containers", "apprunner-1"), docker, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "containers", "apprunner-2"), docker, TestContext.Current.CancellationToken);

        using (new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance))
            Directory.Exists(folder).ShouldBeTrue();
        File.Delete(Path.Combine(tools.Path, "down"));
        using (new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance))
            Directory.Exists(folder).ShouldBeFalse();

        var calls = await File.ReadAllLinesAsync(Path.Combine(tools.Path, "calls"), TestContext.Current.CancellationToken);
        calls.Select(call => call.Replace("apprunner-2 apprunner-1", "apprunner-1 apprunner-2", StringComparison.Ordinal))
            .ShouldBe(["rm --force --volumes apprunner-1 apprunner-2", "ps --quiet --last 1", "rm --force --volumes apprunner-1 apprunner-2"]);
    }

    [Fact]
    public void The_folder_of_a_running_endpoint_is_kept()
    {
        using var first = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        var folder = Directory.GetDirectories(workFolder).ShouldHaveSingleItem();
        using var second = new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance);
        Directory.GetDirectories(workFolder).Length.ShouldBe(2);
        Directory.Exists(folder).ShouldBeTrue();
    }

    [Fact]
    public void Other_folders_in_the_work_folder_are_kept()
    {
        var other = Directory.CreateDirectory(Path.Combine(workFolder, "mine")).FullName;
        File.WriteAllText(Path.Combine(other, "endpoint.lock"), string.Empty);
        var similar = Directory.CreateDirectory(Path.Combine(workFolder, Guid.NewGuid().ToString("N"))).FullName;
        using (new LocalEndpointStarter().Start(new LocalEndpointOptions { AllowExecution = true, WorkFolder = workFolder }, SystemClock.Instance))
        {
        }

        Directory.GetDirectories(workFolder).ShouldBe([other, similar], ignoreOrder: true);
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AppRunner.Tests.Programs.dll"), "endpoint", workFolder])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    // Runs a service on the endpoint of another process. Returns the process id of its program.
    private async Task<int> ServeAsync(Process host, GitFolder repository)
    {
        var fields = (await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ');
        using var api = new TestEndpoint(new ForeignEndpoint(int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2]));
        var service = (await api.SendAsync(ExecutionEndpoint.NewService(repository))).Service!;
        await ExecutionEndpoint.UntilAsync(async () => (await api.DescribeAsync(service)).Status == ServiceStatus.Running, () => "the service");
        var record = Directory.GetFiles(workFolder, "*", SearchOption.AllDirectories).Single(file => Path.GetFileName(Path.GetDirectoryName(file)) == "processes");
        return int.Parse(Path.GetFileName(record), CultureInfo.InvariantCulture);
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
