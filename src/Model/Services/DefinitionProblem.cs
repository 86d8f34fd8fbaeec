using System.Globalization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>One thing that is wrong with the definition of a service: an object, a JSON file or an apprunner.yaml.</summary>
public sealed class DefinitionProblem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="severity">How bad it is.</param>
    /// <param name="source">The file, or the service's name where there is none.</param>
    /// <param name="line">The line, from 1; null where it is not known.</param>
    /// <param name="column">The column, from 1; null where it is not known.</param>
    /// <param name="path">The way to the member; empty where the whole definition is meant.</param>
    /// <param name="message">What is wrong and what would be right. Never holds a sensitive value.</param>
    internal DefinitionProblem(ProblemSeverity severity, string? source, int? line, int? column, string path, string message)
    {
        Severity = severity;
        Source = source;
        Line = line;
        Column = column;
        Path = path;
        Message = message;
    }

    /// <summary>How bad it is: Error (it would be refused), UnknownValue (the service decides) or Warning.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>The file; of an object the service's name, or null where it has none.</summary>
    public string? Source { get; }

    /// <summary>The line in the file, from 1; null where there is no file, and for what is missing in it.</summary>
    public int? Line { get; }

    /// <summary>The column in the line, from 1; null where the line is.</summary>
    public int? Column { get; }

    /// <summary>The way to the member, such as <c>HealthCheckConfiguration.Interval</c> or <c>run.network.port</c>; empty where the whole definition is meant.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what would be right.</summary>
    public string Message { get; }

    /// <summary>All of it on one line, as compilers write it.</summary>
    /// <returns><c>source(line,column): severity: path: message</c>.</returns>
    public override string ToString()
    {
        var place = Line is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "({0},{1})", Line, Column);
        return (Source is null ? string.Empty : $"{Source}{place}: ") + $"{Severity}: " + (Path.Length == 0 ? Message : $"{Path}: {Message}");
    }
}
