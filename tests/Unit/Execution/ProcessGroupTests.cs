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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ar-processes-").FullName;
    private readonly ConcurrentQueue<string> lines = new();

    public void Dispose()
    {
        // The records of processes lie there.
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Output_and_exit_code_come_as_the_command_gives_them()
    {
        (await Shell("echo one&& echo two>&2&& exit 5").Ended).ShouldBe(5);
        lines.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_environment_is_the_given_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "cmd.exe has variables of its own.");
        await Shell("env").Ended;
        lines.Select(line => line.Split('=')[0]).Where(name => name is not ("PWD" or "SHLVL" or "_" or "OLDPWD")).ShouldBe(["PATH", "GIVEN"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_command_leaves_running_ends_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        await Shell("sleep 1000 & echo $!; sleep 1000 & echo $!").Ended;
        lines.Count.ShouldBe(2);
        foreach (var line in lines)
            await GoneAsync(line);
    }

    [Fact]
    public async Task A_program_that_is_asked_can_end_in_its_own_way()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("trap 'echo bye; exit 4' TERM; echo ready; while :; do sleep 0.05; done");
        await SaidAsync("ready");
        await group.StopAsync(Patience);
        (await group.Ended).ShouldBe(4);
        lines.ShouldContain("bye");
    }

    [Fact]
    public async Task A_program_is_ended_in_the_moment_of_its_start_too()
    {
        for (var i = 0; i < 10; i++)
            await Shell(ExecutionEndpoint.ProgramCommand("idle")).StopAsync(TimeSpan.Zero).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task That_a_program_was_ended_is_no_line_of_its_output()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("echo ready; exec sleep 1000");
        await SaidAsync("ready");
        await group.StopAsync(Patience);
        lines.ShouldBe(["ready"]);
    }

    [Fact]
    public async Task A_program_has_its_time_also_when_the_shell_that_started_it_ends_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("(trap 'sleep 0.3; echo bye; exit' TERM; echo ready; while :; do sleep 0.05; done) & wait; true");
        await SaidAsync("ready");
        await group.StopAsync(Patience);
        lines.ShouldContain("bye");
    }

    [Fact]
    public async Task A_program_that_does_not_listen_is_ended_with_all_that_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        var group = Shell("trap '' TERM; sleep 1000 & echo $!; wait; sleep 1000");
        await ExecutionEndpoint.UntilAsync(() => Task.FromResult(!lines.IsEmpty), () => "the first line");
        await group.StopAsync(TimeSpan.FromMilliseconds(50));
        await GoneAsync(lines.First());
    }

    [Fact]
    public async Task A_line_without_end_comes_in_pieces()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for sh.");
        await Shell("head -c 20000 /dev/zero | tr '\\0' x").Ended;
        lines.Select(line => line.Length).ShouldBe([8192, 8192, 3616]);
    }

    [Fact]
    public async Task A_group_is_recorded_while_it_runs()
    {
        var group = Shell(ExecutionEndpoint.ProgramCommand("idle"));
        await SaidAsync("idle");
        var record = ProcessRecord.Read(Directory.GetFiles(folder).Single()).ShouldNotBeNull();
        record.IsAlive.ShouldBeTrue();
        (record with { StartedAt = record.StartedAt.AddMinutes(-1) }).IsAlive.ShouldBeFalse();
        await group.StopAsync(TimeSpan.Zero);
        record.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void A_program_that_is_not_there_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Elsewhere a shell starts it, and tells by its exit code.");
        Should.Throw<DeploymentException>(() => ProcessGroup.Start(new Command.Program("C:\\no-such-program.exe", [], folder, new Dictionary<string, string>()), folder, lines.Enqueue));
    }

    private ProcessGroup Shell(string line) =>
        ProcessGroup.Start(new Command.Shell(line, folder, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["GIVEN"] = "x" }), folder, lines.Enqueue);

    private Task SaidAsync(string line) => ExecutionEndpoint.UntilAsync(() => Task.FromResult(lines.Contains(line)), () => $"{line}: {string.Join('|', lines)}");

    private static Task GoneAsync(string processId) => ExecutionEndpoint.UntilAsync(
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
