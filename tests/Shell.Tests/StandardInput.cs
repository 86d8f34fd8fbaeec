using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class StandardInput
{
    private const string Confirming = """
        function Remove-It {
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
            param([Parameter(ValueFromPipeline)] $Item)
            process { if ($PSCmdlet.ShouldProcess("item $Item")) { "removed $Item" } }
        }
        1..3 | Remove-It
        'end'
        """;

    [Fact]
    public async Task Commands_are_read_from_it_and_a_statement_may_span_lines()
    {
        var run = await ShellProcess.Run([], "if ($true) {\n  'inside'\n}\n'next'\nexit 5\n'not reached'\n");

        run.OutputLines.ShouldBe(["inside", "next"]);
        run.ExitCode.ShouldBe(5);
    }

    [Theory]
    [InlineData("Write-Error 'x'\n", 1)]
    [InlineData("throw 'x'\n'goes on'\n", 0)]
    [InlineData("if ($true) {\n", 1)]
    public async Task Its_exit_code_is_that_of_the_last_statement(string input, int expected)
    {
        var run = await ShellProcess.Run(["-Command", "-"], input);

        run.ExitCode.ShouldBe(expected, run.Error);
        run.Error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Y\nN\nA\n", new[] { "removed 1", "removed 3" })]
    [InlineData("A\n", new[] { "removed 1", "removed 2", "removed 3" })]
    [InlineData("L\n", new string[0])]
    [InlineData("?\nno such answer\nyes\nL\n", new[] { "removed 1" })]
    public async Task A_confirmation_is_answered_by_it(string answers, string[] expected)
    {
        var run = await ShellProcess.Script(Confirming, input: answers);

        run.OutputLines.ShouldContain("end");
        System.Array.FindAll(run.OutputLines, line => line.StartsWith("removed", System.StringComparison.Ordinal)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_confirmation_without_an_answer_is_an_error_and_changes_nothing()
    {
        var run = await ShellProcess.Script(Confirming);

        run.ErrorText.ShouldContain("The input ended before the question was answered.");
        run.Output.ShouldNotContain("removed");
    }

    [Fact]
    public async Task Mandatory_parameters_are_asked_for()
    {
        var run = await ShellProcess.Script("function f { param([Parameter(Mandatory)][string]$Name, [Parameter(Mandatory)][int[]]$N) \"$Name $($N -join '+')\" }\nf", input: "web\n1\n2\n\n");

        run.OutputLines.ShouldContain("web 1+2");
    }

    [Fact]
    public async Task A_secret_is_read_and_never_echoed()
    {
        var run = await ShellProcess.Command("$s = Read-Host 'Secret' -AsSecureString; $s.Length", input: "hunter2\n");

        run.Output.ShouldContain("7");
        run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task NonInteractive_asks_nothing()
    {
        var run = await ShellProcess.Run(["-NonInteractive", "-Command", "Read-Host 'Name'"], "web\n");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("-NonInteractive");
    }
}
