using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class Module
{
    [Fact]
    public async Task The_staged_module_is_there_before_the_first_command()
    {
        var run = await ShellProcess.Command("$m = Get-Module AppRunner; $m.Name; Split-Path $m.ModuleBase -Leaf; Split-Path (Split-Path $m.ModuleBase) -Leaf; (Get-Module -ListAvailable AppRunner).Name");

        run.OutputLines.ShouldBe(["AppRunner", "AppRunner", "out", "AppRunner"]);
        run.Error.ShouldBeEmpty();
    }
}
