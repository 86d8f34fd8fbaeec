using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Docs;

/// <summary>A page of docs/en-US, as far as tests look into it.</summary>
internal sealed class HelpPage
{
    private readonly string text;

    private HelpPage(string text)
    {
        this.text = text;
    }

    public static string Folder { get; } = Path.Combine(StagedModule.Source, "docs", "en-US");

    public string Synopsis => Section("## SYNOPSIS");

    public string Description => Section("## DESCRIPTION");

    /// <summary>What each parameter's section says, without its table.</summary>
    public IReadOnlyDictionary<string, string> Parameters => ParameterSections().ToDictionary(section => section.Name, section => section.Text);

    public IReadOnlyDictionary<string, string[]> Aliases => ParameterSections().ToDictionary(section => section.Name, section => section.Aliases);

    public int Examples => Regex.Count(text, "^### Example [0-9]+: .+\n\n```powershell\n", RegexOptions.Multiline);

    public static HelpPage Of(string name) => new(File.ReadAllText(Path.Combine(Folder, name + ".md")).ReplaceLineEndings("\n"));

    /// <summary>The words alone: line breaks, marks and addresses of links are the page's own.</summary>
    public static string Words(string markdown) =>
        Regex.Replace(Regex.Replace(markdown, @"\[([^\]]+)\]\([^)]+\)", "$1").Replace("`", string.Empty, StringComparison.Ordinal), @"\s+", " ").Trim();

    /// <summary>The paragraphs of a page, as words; tables and code left out.</summary>
    public IEnumerable<string> Paragraphs() =>
        Regex.Split(Regex.Replace(text, "^```.*?^```", string.Empty, RegexOptions.Multiline | RegexOptions.Singleline), @"\n\s*\n")
            .Where(block => block.Trim() is { Length: > 0 } trimmed && trimmed[0] is not ('|' or '#'))
            .SelectMany(block => Regex.Split(block.Trim(), @"\n(?=(?:-|\d+\.) )"))
            .Select(Words);

    /// <summary>Whether a table has a row that begins with a word.</summary>
    public bool HasRow(string word) => text.Contains($"\n| {word} |", StringComparison.Ordinal);

    private string Section(string heading) => Words(Regex.Match(text, $"^{heading}\n(.*?)(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value);

    private IEnumerable<(string Name, string Text, string[] Aliases)> ParameterSections() =>
        from Match section in Regex.Matches(text, "^### -([A-Za-z]+)\n(.*?)^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
        let aliases = Regex.Match(section.Groups[3].Value, "^Aliases:\n((?:- .*\n)+)", RegexOptions.Multiline).Groups[1].Value
        select (section.Groups[1].Value, Words(section.Groups[2].Value), aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(alias => alias[2..]).ToArray());
}
