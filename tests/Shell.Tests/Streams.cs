using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class Streams
{
    [Fact]
    public async Task Errors_go_to_standard_error_and_everything_else_to_standard_output()
    {
        var run = await ShellProcess.Command(
            "'out'; Write-Error 'err'; Write-Warning 'warn'; Write-Verbose 'verb' -Verbose; Write-Debug 'deb' -Debug; Write-Information 'inf' -InformationAction Continue; Write-Host 'host'");

        run.OutputLines.ShouldBe(["out", "WARNING: warn", "VERBOSE: verb", "DEBUG: deb", "inf", "host"]);
        run.Error.TrimEnd().ShouldBe("Write-Error: err");
    }

    [Fact]
    public async Task Redirected_output_has_neither_escape_sequences_nor_progress()
    {
        var run = await ShellProcess.Command(
            "$PSStyle.Foreground.Red + 'red'; Write-Host 'green' -ForegroundColor Green; Write-Progress 'Working' 'half' -PercentComplete 50; Write-Warning 'w'; throw 'e'");

        run.Output.ShouldNotContain("\e");
        run.Error.ShouldNotContain("\e");
        run.OutputLines.ShouldBe(["red", "green", "WARNING: w"]);
    }

    [Fact]
    public async Task An_error_in_a_script_shows_the_line_as_pwsh_does()
    {
        var run = await ShellProcess.Script("'first'\nthrow 'broken'");

        run.Error.ShouldContain("   2 |  throw 'broken'");
        run.Error.ShouldContain("     | broken");
    }

    [Fact]
    public async Task A_command_of_the_full_PowerShell_is_explained_once_and_an_unknown_one_is_not()
    {
        var standard = await ShellProcess.Command("Get-Random; Get-Uptime");
        var unknown = await ShellProcess.Command("Get-NoSuchThing");

        standard.Error.Split("not a full PowerShell").Length.ShouldBe(2);
        standard.Error.ShouldContain("Get-Random is part of the full PowerShell");
        standard.Error.ShouldContain("Import-Module AppRunner");
        unknown.Error.ShouldContain("'Get-NoSuchThing' is not recognized");
        unknown.Error.ShouldNotContain("full PowerShell");
    }

    [Fact]
    public async Task A_script_gets_no_banner()
    {
        var run = await ShellProcess.Script("'only this'");

        run.Output.Trim().ShouldBe("only this");
        run.Error.ShouldBeEmpty();
    }
}
