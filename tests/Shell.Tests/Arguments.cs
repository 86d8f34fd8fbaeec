using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Shell.Tests;

public sealed class Arguments
{
    private const string Script = "param($Name, [switch]$Flag) \"$Name|$Flag|$args\"";

    [Theory]
    [InlineData(new[] { "web" }, "web|False|")]
    [InlineData(new[] { "-Name", "web", "-Flag", "x", "y" }, "web|True|x y")]
    [InlineData(new[] { "-Name:web", "-Flag:$false" }, "web|False|")]
    [InlineData(new[] { "-Other", "1" }, "|False|-Other 1")]
    [InlineData(new[] { "a b", "-5" }, "a b|False|-5")]
    public async Task A_script_gets_named_and_positional_arguments(string[] arguments, string expected)
    {
        var run = await ShellProcess.Script(Script, arguments);

        run.Output.TrimEnd().ShouldBe(expected, run.Error);
    }

    [Fact]
    public async Task A_script_knows_its_own_folder()
    {
        var run = await ShellProcess.Script("Test-Path $PSCommandPath; $PSScriptRoot -eq (Split-Path $PSCommandPath)");

        run.OutputLines.ShouldBe(["True", "True"]);
    }

    [Fact]
    public async Task The_words_after_Command_are_one_command()
    {
        var run = await ShellProcess.Run(["-NoLogo", "-c", "1", "+", "2"]);

        run.Output.Trim().ShouldBe("3");
    }
}
