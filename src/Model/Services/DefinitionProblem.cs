using System.Globalization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>One problem of a service definition: an object, a JSON file or an apprunner.yaml.</summary>
public sealed class DefinitionProblem
{
    /// <summary>Creates a problem.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="source">The file, or the service's name if there is no file.</param>
    /// <param name="line">The line, from 1; null if it is not known.</param>
    /// <param name="column">The column, from 1; null if it is not known.</param>
    /// <param name="path">The path of the member; empty for the whole definition.</param>
    /// <param name="message">What is wrong and what is valid. Never contains a sensitive value.</param>
    internal DefinitionProblem(ProblemSeverity severity, string? source, int? line, int? column, string path, string message)
    {
        Severity = severity;
        Source = source;
        Line = line;
        Column = column;
        Path = path;
        Message = message;
    }

    /// <summary>The severity: Error (it would be refused), UnknownValue (the service decides) or Warning.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>The file; for an object the service's name, or null.</summary>
    public string? Source { get; }

    /// <summary>The line in the file, from 1; null if there is no file, and for missing members.</summary>
    public int? Line { get; }

    /// <summary>The column in the line, from 1; null if Line is null.</summary>
    public int? Column { get; }

    /// <summary>The path of the member, such as <c>HealthCheckConfiguration.Interval</c> or <c>run.network.port</c>; empty for the whole definition.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what is valid.</summary>
    public string Message { get; }

    /// <summary>The problem on one line, in the format of compiler messages.</summary>
    /// <returns><c>source(line,column): severity: path: message</c>.</returns>
    public override string ToString()
    {
        var position = Line is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, "({0},{1})", Line, Column);
        return (Source is null ? string.Empty : $"{Source}{position}: ") + $"{Severity}: " + (Path.Length == 0 ? Message : $"{Path}: {Message}");
    }
}
