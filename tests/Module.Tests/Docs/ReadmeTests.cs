using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Net;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The README's table of cmdlets and their operations, and its image.</summary>
public class ReadmeTests
{

    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (var (cmdlet, operations) in ReadmeTable.Entries)
            {
                foreach (var operation in operations)
                    calls.Add(cmdlet, operation);
            }

            return calls;
        }
    }

    [Fact]
    public void The_table_has_every_cmdlet_once() =>
        ReadmeTable.Entries.Select(entry => entry.Cmdlet).ShouldBe(StagedCmdlets.All.Select(cmdlet => cmdlet.Name), ignoreOrder: true);

    [Fact]
    public void The_table_has_exactly_the_operations_of_the_API() =>
        ReadmeTable.Entries.SelectMany(entry => entry.Operations).Distinct().ShouldBe(ShapeTable.Operations, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_page_of_a_cmdlet_links_to_its_operations(string cmdlet, string operation) =>
        File.ReadAllText(Path.Combine(HelpPage.Folder, cmdlet + ".md")).ShouldContain($"/API_{operation}.html");

    [Fact]
    public void The_picture_shows_the_first_example()
    {
        var readme = Path.Combine(StagedModule.Source, "README.md");
        var example = Parser.ParseInput(DocumentedExample.Of(readme)[0].Code, out _, out _);
        var picture = File.ReadAllText(Path.Combine(StagedModule.Source, "docs", "images", "session.svg"));
        var shown = string.Concat(Regex.Matches(picture, "<text [^>]*>([^<]*)</text>").Select(text => WebUtility.HtmlDecode(text.Groups[1].Value)));

        foreach (var statement in example.EndBlock.Statements)
            shown.ShouldContain("PS> " + statement.Extent.Text);
    }
}
