using System.Linq;
using System.Text.RegularExpressions;
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

    private static string InKebabCase(string operation) => Humps().Replace(operation, "-$0").ToLowerInvariant();

    [GeneratedRegex("^[a-z]+(?:-[a-z]+)+$")]
    private static partial Regex CliCommand();

    [GeneratedRegex("[A-Z][a-z]+-AR[A-Za-z]+")]
    private static partial Regex Cmdlets();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Humps();
}
