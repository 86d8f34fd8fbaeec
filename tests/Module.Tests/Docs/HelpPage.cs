using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Docs;

/// <summary>A page of docs/en-US.</summary>
internal sealed class HelpPage
{
    private readonly string text;

    private HelpPage(string text, IReadOnlyList<DocumentedExample> blocks)
    {
        this.text = text;
        Blocks = blocks;
    }

    public static string Folder { get; } = Path.Combine(StagedModule.Source, "docs", "en-US");

    public string Synopsis => PlainText(Section("## SYNOPSIS"));

    public int SynopsisLines => Section("## SYNOPSIS").Trim().Split('\n').Length;

    public string Description => PlainText(Section("## DESCRIPTION"));

    public string Notes => PlainText(Section("## NOTES"));

    /// <summary>The texts of the links.</summary>
    public IEnumerable<string> Links => Regex.Matches(Section("## RELATED LINKS"), @"^- \[([^\]]+)\]", RegexOptions.Multiline).Select(link => link.Groups[1].Value);

    /// <summary>The blocks of PowerShell.</summary>
    public IReadOnlyList<DocumentedExample> Blocks { get; }

    /// <summary>The text of each parameter's section, without its table.</summary>
    public IReadOnlyDictionary<string, string> Parameters => ParameterSections().ToDictionary(section => section.Name, section => section.Text);

    public IReadOnlyDictionary<string, string[]> Aliases => ParameterSections().ToDictionary(section => section.Name, section => section.Aliases);

    /// <summary>Title, code and remarks of each example.</summary>
    public IEnumerable<(string Title, string Code, string Remarks)> Examples() =>
        from Match example in Regex.Matches(Section("## EXAMPLES"), "^### (Example [0-9]+: [^\n]+)\n\n```powershell\n(.*?)\n```\n(.*?)(?=^### |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)
        select (example.Groups[1].Value, example.Groups[2].Value, PlainText(example.Groups[3].Value));

    /// <summary>The input or output types, with their descriptions.</summary>
    public IEnumerable<(string Type, string Text)> Types(bool written) =>
        from Match type in Regex.Matches(Section(written ? "## OUTPUTS" : "## INPUTS"), "^### ([^\n]+)\n(.*?)(?=^### |\\z)", RegexOptions.Multiline | RegexOptions.Singleline)
        select (type.Groups[1].Value, PlainText(type.Groups[2].Value));

    public static HelpPage Of(string name) =>
        new(File.ReadAllText(FileOf(name)).ReplaceLineEndings("\n"), DocumentedExample.Of(FileOf(name)));

    /// <summary>The plain text: without line breaks, Markdown marks and link URLs.</summary>
    public static string PlainText(string markdown) =>
        Regex.Replace(Regex.Replace(markdown, @"\[([^\]]+)\]\([^)]+\)", "$1").Replace("`", string.Empty, StringComparison.Ordinal), @"\s+", " ").Trim();

    /// <summary>The paragraphs of a page as plain text, without tables and code.</summary>
    public IEnumerable<string> Paragraphs() =>
        Regex.Split(Regex.Replace(text, "^```.*?^```", string.Empty, RegexOptions.Multiline | RegexOptions.Singleline), @"\n\s*\n")
            .Where(block => block.Trim() is { Length: > 0 } trimmed && trimmed[0] is not ('|' or '#'))
            .SelectMany(block => Regex.Split(block.Trim(), @"\n(?=(?:-|\d+\.) )"))
            .Select(PlainText);

    /// <summary>The rows of all tables, without their heads. A vertical bar in a cell is escaped in Markdown.</summary>
    public IEnumerable<string[]> Rows() =>
        from Match table in Regex.Matches(text, @"^\|.*\n\|[-|]+\|\n(?<rows>(?:\|.*\n)+)", RegexOptions.Multiline)
        from row in table.Groups["rows"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        select row.Trim('|', ' ').Split(" | ").Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal)).ToArray();

    private static string FileOf(string name) => Path.Combine(Folder, name + ".md");

    private string Section(string heading) => Regex.Match(text, $"^{heading}\n(.*?)(?=^## |\\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    private IEnumerable<(string Name, string Text, string[] Aliases)> ParameterSections() =>
        from Match section in Regex.Matches(text, "^### -([A-Za-z]+)\n(.*?)^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
        let aliases = Regex.Match(section.Groups[3].Value, "^Aliases:\n((?:- .*\n)+)", RegexOptions.Multiline).Groups[1].Value
        select (section.Groups[1].Value, PlainText(section.Groups[2].Value), aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(alias => alias[2..]).ToArray());
}
