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
    public void A_page_has_the_cmdlets_parameters_and_aliases_and_no_others(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var parameters = StagedCmdlets.Of(cmdlet).Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).ToArray();

        page.Parameters.Keys.ShouldBe(parameters.Select(parameter => parameter.Name), ignoreOrder: true);
        foreach (var parameter in parameters)
            page.Aliases[parameter.Name].ShouldBe(parameter.Aliases, ignoreOrder: true, $"aliases of -{parameter.Name}");
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_page_describes_every_parameter_and_has_two_examples_at_least(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        page.Synopsis.ShouldNotBeEmpty();
        page.Description.ShouldNotBeEmpty();
        page.Examples.ShouldBeGreaterThanOrEqualTo(2);
        page.Parameters.Where(parameter => parameter.Value.Length < 10 || parameter.Value.Contains("{{", StringComparison.Ordinal)).Select(parameter => parameter.Key).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void The_help_file_says_what_the_page_says(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);

        HelpFile.Staged.Synopsis(cmdlet).ShouldBe(page.Synopsis);
        HelpFile.Staged.Description(cmdlet).ShouldBe(page.Description);
        HelpFile.Staged.Examples(cmdlet).ShouldBe(page.Examples);
        HelpFile.Staged.Parameters(cmdlet).OrderBy(parameter => parameter.Key).ShouldBe(page.Parameters.OrderBy(parameter => parameter.Key));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topics_text_says_what_its_page_says_in_80_columns(string topic)
    {
        var text = File.ReadAllText(Path.Combine(StagedModule.Folder, "en-US", topic + ".help.txt"));

        text.Split('\n').Where(line => line.Length > 80).ShouldBeEmpty();
        foreach (var paragraph in HelpPage.Of(topic).Paragraphs())
            HelpPage.Words(text).ShouldContain(paragraph);
    }

    [Fact]
    public void Every_error_id_is_explained()
    {
        var page = HelpPage.Of("about_ARWaitingAndErrors");

        typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name).Where(id => !page.HasRow(id)).ShouldBeEmpty();
    }

    [Fact]
    public void GetHelp_finds_the_help_file()
    {
        using var session = Session.Plain();

        var synopsis = session.Run("(Get-Help New-ARService).Synopsis").All<string>().ShouldHaveSingleItem();

        synopsis.Trim().ShouldBe(HelpPage.Of("New-ARService").Synopsis);
    }
}
