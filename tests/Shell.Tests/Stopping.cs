using System;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class Stopping
{
    private const int Interrupt = 2;

    [Theory]
    [InlineData("try { 'running'; Start-Sleep 3600 } finally { Write-Host 'cleaned up' }; 'not reached'")]
    [InlineData("try { 'running'; while ($true) { } } finally { Write-Host 'cleaned up' }; 'not reached'")]
    public async Task An_interrupt_stops_the_pipeline_and_lets_it_clean_up(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent to a process on Unix only.");

        var run = await ShellProcess.Run(["-Command", command], meanwhile: process =>
        {
            Send(process.Id, Interrupt).ShouldBe(0);
            return Task.CompletedTask;
        });

        run.OutputLines.ShouldBe(["running", "cleaned up"]);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBeEmpty();
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
