using System.Globalization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>One thing that is wrong with an apprunner.yaml.</summary>
public sealed class SourceFileProblem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="file">Where the text comes from.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="path">The keys from the root, such as <c>run.network.port</c>; empty where the whole file is meant.</param>
    /// <param name="message">What is wrong and what would be right. Never holds a sensitive value.</param>
    /// <param name="severity">How bad it is.</param>
    public SourceFileProblem(string file, int line, int column, string path, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        File = file;
        Line = line;
        Column = column;
        Path = path;
        Message = message;
        Severity = severity;
    }

    /// <summary>How bad it is. With an error the file cannot be used.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>Where the text comes from.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>The keys from the root, such as <c>run.network.port</c>; empty where the whole file is meant.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what would be right.</summary>
    public string Message { get; }

    /// <summary>All of it on one line, as compilers write it.</summary>
    /// <returns><c>file(line,column): path: message</c>.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3}", File, Line, Column, Path.Length == 0 ? Message : Path + ": " + Message);
}
