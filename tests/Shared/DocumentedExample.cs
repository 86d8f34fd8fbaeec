using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace AppRunner.Tests.Shared;

/// <summary>A PowerShell code block in the help or in the README.</summary>
/// <param name="Page">The page's name.</param>
/// <param name="Title">The heading above the block.</param>
/// <param name="Code">The code.</param>
/// <param name="NotRun">Why a test cannot run it; null if it can.</param>
internal sealed partial record DocumentedExample(string Page, string Title, string Code, string? NotRun)
{
    private const string Fence = "```powershell";
    private const string Mark = " not run: ";

    /// <summary>The error ids that it announces in comments such as <c># error: ServiceNotFound</c>.</summary>
    public IEnumerable<string> Errors => Announcements().Matches(Code).Select(match => match.Groups["id"].Value).Distinct();

    /// <summary>The code blocks of a page, in order.</summary>
    public static IReadOnlyList<DocumentedExample> Of(string file)
    {
        var examples = new List<DocumentedExample>();
        var title = string.Empty;
        StringBuilder? code = null;
        string? notRun = null;
        foreach (var line in File.ReadLines(file))
        {
            if (code is null && line.StartsWith('#'))
            {
                title = line.TrimStart('#', ' ');
            }
            else if (code is null && line.StartsWith(Fence, System.StringComparison.Ordinal))
            {
                code = new StringBuilder();
                notRun = ReasonIn(line[Fence.Length..], file);
            }
            else if (code is not null && line == "```")
            {
                examples.Add(new DocumentedExample(Path.GetFileNameWithoutExtension(file), title, code.ToString(), notRun));
                code = null;
            }
            else
            {
                code?.Append(line).Append('\n');
            }
        }

        return examples;
    }

    private static string? ReasonIn(string rest, string file) =>
        rest.Length == 0 ? null
        : rest.StartsWith(Mark, System.StringComparison.Ordinal) && rest.Length > Mark.Length ? rest[Mark.Length..]
        : throw new InvalidDataException($"{file}: after {Fence} expected nothing, or{Mark}and the reason.");

    [GeneratedRegex("# error: (?<id>[A-Za-z]+)")]
    private static partial Regex Announcements();
}
