using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class ExitCodes
{
    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("Write-Error 'x'", 1)]
    [InlineData("Write-Error 'x'; 1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-NoSuchThing", 1)]
    [InlineData("if (", 1)]
    public async Task A_command_leaves_with_its_exit_code_or_with_whether_its_last_statement_succeeded(string command, int expected)
    {
        var run = await ShellProcess.Command(command);

        run.ExitCode.ShouldBe(expected, run.Error);
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 9", 9)]
    [InlineData("function f { exit 4 }; f; 'not reached'", 4)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Write-Error 'x'; 'after'", 0)]
    [InlineData("Write-Error 'x' -ErrorAction Stop", 1)]
    public async Task A_script_leaves_with_the_code_that_it_names_and_with_1_after_a_terminating_error(string script, int expected)
    {
        var run = await ShellProcess.Script(script);

        run.ExitCode.ShouldBe(expected, run.Error);
        run.Output.ShouldNotContain("not reached");
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_a_usage_error()
    {
        var run = await ShellProcess.Run(["-File", "no-such-script.ps1"]);

        run.ExitCode.ShouldBe(64);
        run.Error.ShouldContain("The argument 'no-such-script.ps1' is not recognized as the name of a script file.");
        run.Output.ShouldContain("Usage:");
    }

    [Fact]
    public async Task An_option_without_its_value_is_a_usage_error()
    {
        (await ShellProcess.Run(["-Command"])).ExitCode.ShouldBe(64);
        (await ShellProcess.Run(["-File"])).ExitCode.ShouldBe(64);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        var run = await ShellProcess.Run(["-Help"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("-Command");
    }
}
