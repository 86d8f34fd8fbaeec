using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AppRunner.Packaging;

/// <summary>The section of one version in CHANGELOG.md.</summary>
/// <param name="Heading">The heading of its section.</param>
/// <param name="Text">The section, each entry on one line.</param>
internal sealed partial record ReleaseNotes(string Heading, string Text)
{
    private const string HeadingMark = "## ";

    /// <summary>Whether the version is not released.</summary>
    public bool IsUnreleased => Heading.Contains("unreleased", StringComparison.OrdinalIgnoreCase);

    public static ReleaseNotes Read(string path, string version) =>
        Find(File.ReadAllText(path), version) ?? throw new PackagingException(path, $"there is no section '{HeadingMark}{version}' for the release notes of the package");

    public static ReleaseNotes? Find(string changelog, string version)
    {
        var lines = changelog.ReplaceLineEndings("\n").Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith(HeadingMark, StringComparison.Ordinal) && line[HeadingMark.Length..].Split(' ')[0] == version);
        if (start < 0)
            return null;
        var section = lines.Skip(start + 1).TakeWhile(line => !line.StartsWith(HeadingMark, StringComparison.Ordinal));
        // The gallery does not reflow text, so wrapped lines are joined.
        var text = Continuation().Replace(string.Join('\n', section).Trim(), " ");
        return text.Length > 0 ? new ReleaseNotes(lines[start][HeadingMark.Length..], text) : null;
    }

    [GeneratedRegex(@"(?<=\S)\n +(?=[^\s*-])")]
    private static partial Regex Continuation();
}
