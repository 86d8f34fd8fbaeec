using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution;
using Shouldly;
using Xunit;

namespace AppRunner.Unit.Tests.Execution;

public sealed class ProcessGroupTests : IDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ar-processes-").FullName;
    private readonly ConcurrentQueue<string> lines = new();

    public void Dispose()
    {
        // The folder of the process records.
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Output_and_exit_code_of_the_command_are_returned()
    {
        (await Shell("echo one&& echo two>&2&& exit 5").Ended).ShouldBe(5);
        lines.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_command_gets_only_the_given_environment()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "cmd.exe adds variables.");
        await Shell("env").Ended;
        lines.Select(line => line.Split('=')[0]).Where(name => name is not ("PWD" or "SHLVL" or "_" or "OLDPWD")).ShouldBe(["PATH", "GIVEN"], ignoreOrder: true);
    }

    [Fact]
    public async Task Background_processes_end_with_the_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        await Shell("sleep 1000 & echo $!; sleep 1000 & echo $!").Ended;
        lines.Count.ShouldBe(2);
        foreach (var line in lines)
            await ExitedAsync(line);
    }

    [Fact]
    public async Task A_program_can_handle_SIGTERM()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep 0.05; done");
        await PrintedAsync("ready");
        await group.StopAsync(WaitTimeout);
        (await group.Ended).ShouldBe(4);
        lines.ShouldContain("bye");
    }

    [Fact]
    public async Task A_program_can_be_killed_directly_after_its_start()
    {
        for (var i = 0; i < 10; i++)
            await Shell(ExecutionEndpoint.ProgramCommand("idle")).StopAsync(TimeSpan.Zero).WaitAsync(WaitTimeout, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_shell_message_about_a_killed_program_is_not_in_its_output()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("echo ready; exec sleep 1000");
        await PrintedAsync("ready");
        await group.StopAsync(WaitTimeout);
        lines.ShouldBe(["ready"]);
    }

    [Fact]
    public async Task A_program_gets_the_stop_timeout_also_if_its_shell_exits_first()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("(trap 'sleep 0.3; echo bye; exit' TERM; echo ready; while :; do sleep 0.05; done) & wait; true");
        await PrintedAsync("ready");
        await group.StopAsync(WaitTimeout);
        lines.ShouldContain("bye");
    }

    [Fact]
    public async Task A_program_that_ignores_SIGTERM_is_killed_with_its_child_processes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("trap '' TERM; sleep 1000 & echo $!; wait; sleep 1000");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(!lines.IsEmpty), () => "the first line");
        await group.StopAsync(TimeSpan.FromMilliseconds(50));
        await ExitedAsync(lines.First());
    }

    [Fact]
    public async Task A_long_output_line_is_split()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        await Shell("head -c 20000 /dev/zero | tr '\\0' x").Ended;
        lines.Select(line => line.Length).ShouldBe([8192, 8192, 3616]);
    }

    [Fact]
    public async Task A_process_group_has_a_record_while_it_runs()
    {
        var group = Shell(ExecutionEndpoint.ProgramCommand("idle"));
        await PrintedAsync("idle");
        var record = ProcessRecord.Read(Directory.GetFiles(folder).Single()).ShouldNotBeNull();
        record.IsAlive.ShouldBeTrue();
        (record with { StartedAt = record.StartedAt.AddMinutes(-1) }).IsAlive.ShouldBeFalse();
        await group.StopAsync(TimeSpan.Zero);
        record.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public async Task CPU_and_memory_of_the_processes_of_a_group_are_measured_with_and_without_proc()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo ready; sleep 1000");
        await PrintedAsync("ready");
        var usage = group.Usage().ShouldNotBeNull();
        var portable = UnixProcessTree.UsageOf(ProcessRecord.Read(Directory.GetFiles(folder).Single()).ShouldNotBeNull().ProcessId);
        await group.StopAsync(TimeSpan.Zero);

        foreach (var measured in new[] { usage, portable })
        {
            measured.Cpu.ShouldBeGreaterThan(TimeSpan.Zero);
            measured.Memory.ShouldBeInRange(100_000, 50_000_000);
        }
    }

    [Fact]
    public void A_missing_program_is_DeploymentException()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "On other systems a shell starts the program, and the exit code tells that it is missing.");
        Should.Throw<DeploymentException>(() => ProcessGroup.Start(new Command.Program("C:\\no-such-program.exe", [], folder, new Dictionary<string, string>()), folder, lines.Enqueue));
    }

    private ProcessGroup Shell(string line) =>
        ProcessGroup.Start(new Command.Shell(line, folder, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["GIVEN"] = "x" }), folder, lines.Enqueue);

    private Task PrintedAsync(string line) => ExecutionEndpoint.UntilAsync(() => Task.FromResult(lines.Contains(line)), () => $"{line}: {string.Join('|', lines)}");

    private static Task ExitedAsync(string processId) => ExecutionEndpoint.UntilAsync(
        () =>
        {
            try
            {
                using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
                return Task.FromResult(process.HasExited);
            }
            catch (ArgumentException)
            {
                return Task.FromResult(true);
            }
        },
        () => "the end of process " + processId);
}
