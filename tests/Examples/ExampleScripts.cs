using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Tests.Shared;
using Shouldly;
using Xunit;

namespace AppRunner.Examples.Tests;

/// <summary>Runs the scripts in examples/ unchanged.</summary>
public sealed class ExampleScripts
{
    private static readonly string Folder = Path.Combine(PwshProcess.RepositoryRoot, "examples");

    // Package.Tests run quickstart.ps1 with the package. AutomationTests run the scripts that need an automation service.
    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(Folder, "*.ps1").Select(file => Path.GetFileName(file)!).Where(file => file != "quickstart.ps1"), "automation/parallel-regions.ps1"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_example_runs_to_its_end_on_the_local_endpoint(string script)
    {
        var run = await PwshProcess.Run(["-File", Path.Combine(Folder, script)]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("RUNNING");
        if (script != "rollback.ps1")
            return;
        run.Output.ShouldContain("OperationRolledBack,AppRunner.Services.UpdateServiceCommand");
        run.Output.ShouldContain("It has:     1 vCPU, 2 GB");
    }
}
