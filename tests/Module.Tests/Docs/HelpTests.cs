using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

public class HelpTests
{
    public static TheoryData<string> CmdletNames => new(StagedCmdlets.All.Select(cmdlet => cmdlet.Name));

    public static TheoryData<string> Topics => new(Directory.GetFiles(HelpPage.Folder, "about_*.md").Select(file => Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Directory.GetFiles(HelpPage.Folder, "*-AR*.md").Select(file => Path.GetFileNameWithoutExtension(file)).ShouldBe(StagedCmdlets.All.Select(cmdlet => cmdlet.Name), ignoreOrder: true);

    [Fact]
    public void The_help_file_has_the_same_cmdlets() => HelpFile.Staged.Cmdlets.ShouldBe(StagedCmdlets.All.Select(cmdlet => cmdlet.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_page_has_exactly_the_parameters_and_aliases_of_its_cmdlet(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var parameters = StagedCmdlets.Of(cmdlet).Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).ToArray();

        page.Parameters.Keys.ShouldBe(parameters.Select(parameter => parameter.Name), ignoreOrder: true);
        foreach (var parameter in parameters)
            page.Aliases[parameter.Name].ShouldBe(parameter.Aliases, ignoreOrder: true, $"aliases of -{parameter.Name}");
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_page_describes_every_parameter_and_has_at_least_three_examples(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        page.Synopsis.ShouldNotBeEmpty();
        page.SynopsisLines.ShouldBe(1);
        page.Description.ShouldNotBeEmpty();
        page.Examples().Count().ShouldBeGreaterThanOrEqualTo(3);
        page.Parameters.Where(parameter => parameter.Value.Length < 10 || parameter.Value.Contains("{{", StringComparison.Ordinal)).Select(parameter => parameter.Key).ShouldBeEmpty();
    }

    // Examples.Tests run the examples; an example that is not recognized would not run.
    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Every_example_of_a_cmdlet_can_be_run_and_the_first_one_starts_the_endpoint(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        page.Blocks.Select(block => (block.Title, block.Code.TrimEnd('\n'))).ShouldBe(page.Examples().Select(example => (example.Title, example.Code)));
        page.Blocks.ShouldAllBe(block => block.NotRun == null);
        if (ReadmeTable.OperationsOf(cmdlet).Length > 0)
            page.Blocks[0].Code.ShouldStartWith("Start-ARLocalEndpoint\n");
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void The_help_file_matches_the_page(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        HelpFile.Staged.Synopsis(cmdlet).ShouldBe(page.Synopsis);
        HelpFile.Staged.Description(cmdlet).ShouldBe(page.Description);
        HelpFile.Staged.Examples(cmdlet).ShouldBe(page.Examples());
        HelpFile.Staged.Types(cmdlet, written: false).ShouldBe(page.Types(written: false));
        HelpFile.Staged.Types(cmdlet, written: true).ShouldBe(page.Types(written: true));
        HelpFile.Staged.Notes(cmdlet).ShouldBe(page.Notes);
        HelpFile.Staged.Links(cmdlet).ShouldBe(page.Links);
        HelpFile.Staged.Parameters(cmdlet).OrderBy(parameter => parameter.Key).ShouldBe(page.Parameters.OrderBy(parameter => parameter.Key));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_text_matches_its_page_in_80_columns(string topic)
    {
        var text = File.ReadAllText(Path.Combine(StagedModule.Folder, "en-US", topic + ".help.txt"));

        text.Split('\n').Where(line => line.Length > 80).ShouldBeEmpty();

        // The list of topics shows the first line of the short description.
        text.ShouldMatch("\nSHORT DESCRIPTION\n    [^\n]+\n\n");
        foreach (var paragraph in HelpPage.Of(topic).Paragraphs())
            HelpPage.PlainText(text).ShouldContain(paragraph);
    }

    [Fact]
    public void Every_error_id_is_documented_with_the_recommended_action_of_its_errors()
    {
        var actionFor = StagedCmdlets.Of("Get-ARService").ImplementingType.Assembly.GetType("AppRunner.Commands.ErrorRecords", throwOnError: true)!.GetMethod("ActionFor", BindingFlags.NonPublic | BindingFlags.Static)!;
        var ids = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name);
        var actions = ids.ToDictionary(id => id, id => (string)actionFor.Invoke(null, [id])!);

        // Id, meaning, action.
        var documented = HelpPage.Of("about_ARWaitingAndErrors").Rows().Where(row => row.Length == 3 && actions.ContainsKey(row[0])).ToDictionary(row => row[0], row => row[2]);
        documented.ShouldBe(actions, ignoreOrder: true);
        actions.Values.ShouldAllBe(action => action.EndsWith('.') && !action.Contains(';', StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void GetHelp_matches_the_page(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        using var session = Session.Plain();
        session.Run($"$help = Get-Help {cmdlet} -Full").ShouldBeClean();

        PlainText(session, "$help.Synopsis").ShouldBe(page.Synopsis);
        PlainText(session, "$help.description.Text").ShouldBe(page.Description);
        session.Run("$help.examples.example.code").All<string>().ShouldBe(page.Examples().Select(example => example.Code));
        foreach (var name in session.Run("foreach ($parameter in $help.parameters.parameter) { $parameter.name }").All<string>())
            PlainText(session, $"($help.parameters.parameter | Where-Object name -EQ {name}).description.Text").ShouldBe(page.Parameters[name]);
    }

    [Fact]
    public void GetHelp_finds_one_parameter()
    {
        using var session = Session.Plain();

        PlainText(session, "(Get-Help New-ARService -Parameter Cpu).description.Text").ShouldBe(HelpPage.Of("New-ARService").Parameters["Cpu"]);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void GetHelp_finds_a_topic_by_its_name(string topic)
    {
        using var session = Session.Plain();

        var text = session.Run($"Get-Help {topic}").All<string>().ShouldHaveSingleItem();

        HelpPage.PlainText(text).ShouldStartWith($"TOPIC {topic} SHORT DESCRIPTION");
    }

    private static string PlainText(Session session, string expression) => HelpPage.PlainText(string.Join(' ', session.Run(expression).All<string>()));
}
