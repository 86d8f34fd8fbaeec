using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;
using YamlDotNet.Core;

namespace AppRunner.SourceFile;

/// <summary>The problems of one file.</summary>
internal sealed class Diagnostics
{
    // A file of another kind would have a problem on every line.
    private const int MaxCount = 100;

    private readonly string file;
    private readonly List<SourceFileProblem> problems = [];

    public Diagnostics(string file)
    {
        this.file = file;
    }

    /// <summary>Whether the file cannot be used.</summary>
    public bool HasErrors => problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>Whether the limit is reached, so that reading can stop.</summary>
    public bool IsFull => problems.Count > MaxCount;

    /// <summary>All problems, in the order of their positions.</summary>
    public IReadOnlyList<SourceFileProblem> Problems => problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ToArray();

    /// <summary>The path of a key in a section.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Shorten(key) : path + "." + Shorten(key);

    /// <summary>Shortens a text for a message and removes its line breaks.</summary>
    public static string Shorten(string text)
    {
        var line = text.Replace('\r', ' ').Replace('\n', ' ');
        return line.Length <= 80 ? line : line.Substring(0, 77) + "...";
    }

    /// <summary>Adds a problem, up to the limit.</summary>
    public void Add(Mark position, string path, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        if (problems.Count < MaxCount)
            problems.Add(new SourceFileProblem(file, (int)position.Line, (int)position.Column, path, message, severity));
        else if (!IsFull)
            problems.Add(new SourceFileProblem(file, (int)position.Line, (int)position.Column, string.Empty, $"More than {MaxCount} problems were found; the others are not listed."));
    }
}
