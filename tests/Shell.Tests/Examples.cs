using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

/// <summary>What lies in examples/ runs as it stands.</summary>
public sealed class Examples
{
    private static readonly string Folder = FindFolder();

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Folder, "*.ps1").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_example_runs_to_its_end_on_the_local_endpoint(string script)
    {
        var run = await ShellProcess.Run([Path.Combine(Folder, script)]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("RUNNING");
    }

    [Fact]
    public async Task The_rolled_back_update_is_reported_as_one()
    {
        var run = await ShellProcess.Run([Path.Combine(Folder, "rollback.ps1")]);

        run.Output.ShouldContain("OperationRolledBack,AppRunner.Services.UpdateServiceCommand");
        run.Output.ShouldContain("It has:     1 vCPU, 2 GB");
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var examples = Path.Combine(folder.FullName, "examples");
            if (Directory.Exists(examples))
                return examples;
        }

        throw new DirectoryNotFoundException("examples");
    }
}
