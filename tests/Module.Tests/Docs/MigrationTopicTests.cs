using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

/// <summary>about_ARMigration's table of commands.</summary>
public partial class MigrationTopicTests
{
    // The AWS CLI's command, the cmdlet of AWS.Tools, this module's cmdlets.
    private static readonly string[][] Rows = [.. HelpPage.Of("about_ARMigration").Rows().Where(row => row.Length == 3 && CliCommand().IsMatch(row[0]))];

    [Fact]
    public void Every_operation_has_a_CLI_command() => Rows.Select(row => row[0]).ShouldBe(ShapeTable.Operations.Select(InKebabCase), ignoreOrder: true);

    [Fact]
    public void The_cmdlet_of_a_CLI_command_calls_its_operation() =>
        (from row in Rows
         from cmdlet in Cmdlets().Matches(row[2]).Select(match => match.Value)
         where !ReadmeTable.OperationsOf(cmdlet).Select(InKebabCase).Contains(row[0])
         select $"{row[0]}: {cmdlet}").ShouldBeEmpty();

    // What to do here is in the second column. AWS.Tools' parameters are in the first.
    private static readonly string[] Habits = ["-Select", "-PassThru", "-Force", "-NoAutoIteration", "-NextToken", "-MaxResult", "-AsJob", "$AWSHistory"];

    [Fact]
    public void Each_habit_of_AWS_Tools_has_advice_whose_commands_and_parameters_exist()
    {
        var rows = HelpPage.Of("about_ARMigration").Rows().Where(row => row.Length == 2 && row[0].Split(", ").Any(Habits.Contains)).ToArray();
        rows.SelectMany(row => row[0].Split(", ")).ShouldBe(Habits, ignoreOrder: true);
        StagedCmdlets.All.SelectMany(cmdlet => cmdlet.Parameters.Keys).Intersect(["Select", "NoAutoIteration", "NextToken", "MaxResult", "AsJob"]).ShouldBeEmpty();

        using var session = Session.Plain();
        foreach (var advice in rows.Select(row => row[1]))
        {
            advice.ShouldNotBeEmpty();

            // PowerShell brings it with a module that the host of the tests does not have.
            var commands = Commands().Matches(advice).Select(match => match.Value).Except(["Start-ThreadJob"]).Distinct().ToArray();
            foreach (var command in commands)
                session.Run($"(Get-Command {command} -ErrorAction Stop).Name").ShouldBeClean().Output.ShouldHaveSingleItem($"{advice}: {command}");

            // A parameter is one of a command that the advice names, or of the module's.
            foreach (var parameter in Parameters().Matches(advice).Select(match => match.Groups["name"].Value))
            {
                var among = string.Join(", ", commands.Select(command => $"(Get-Command {command})").Append("(Get-Command -Module AppRunner)"));
                session.Run($"@({among}).Parameters.Keys -contains '{parameter}'").All<bool>().ShouldBe([true], $"{advice}: -{parameter}");
            }
        }
    }

    private static string InKebabCase(string operation) => Humps().Replace(operation, "-$0").ToLowerInvariant();

    [GeneratedRegex("^[a-z]+(?:-[a-z]+)+$")]
    private static partial Regex CliCommand();

    [GeneratedRegex("[A-Z][a-z]+-AR[A-Za-z]+")]
    private static partial Regex Cmdlets();

    [GeneratedRegex(@"\b[A-Z][a-z]+-[A-Z][A-Za-z]+")]
    private static partial Regex Commands();

    [GeneratedRegex("(?<![A-Za-z])-(?<name>[A-Z][A-Za-z]+)")]
    private static partial Regex Parameters();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Humps();
}
