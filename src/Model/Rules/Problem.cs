using System.Collections.Generic;
using System.Linq;

namespace AppRunner.Model.Rules;

/// <summary>One problem of a request.</summary>
public sealed class Problem
{
    /// <summary>Creates a problem.</summary>
    /// <param name="path">Member path from the request's root, such as <c>HealthCheckConfiguration.Interval</c>.</param>
    /// <param name="message">What is wrong and what is valid. Never contains a sensitive value.</param>
    /// <param name="severity">The severity.</param>
    internal Problem(string path, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        Path = path;
        Message = message;
        Severity = severity;
    }

    /// <summary>Member path from the request's root, such as <c>HealthCheckConfiguration.Interval</c>.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what is valid.</summary>
    public string Message { get; }

    /// <summary>The severity.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>Whether the value could not be read, or the member does not exist: what is missing then may be just this.</summary>
    internal bool IsUnreadable { get; init; }

    private bool IsAboutAbsence => Message.StartsWith("is required", System.StringComparison.Ordinal) || Message.StartsWith("has neither", System.StringComparison.Ordinal);

    /// <summary>The problems without those that only say again that an unreadable value is missing.</summary>
    /// <param name="problems">All problems of a request.</param>
    /// <returns>Those to report.</returns>
    internal static IReadOnlyList<Problem> WithoutConsequences(IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0)
            return problems;
        var unreadable = problems.Where(problem => problem.IsUnreadable && problem.Severity == ProblemSeverity.Error).Select(problem => problem.Path).ToArray();
        return unreadable.Length == 0 ? problems : problems.Where(problem => problem.IsUnreadable || !problem.IsAboutAbsence || !unreadable.Any(path => Explains(path, problem.Path))).ToArray();
    }

    // A member of the definition itself may be the short form of one of the source.
    private static bool Explains(string unreadable, string missing)
    {
        var parent = unreadable.LastIndexOf('.') is var end and > 0 ? unreadable.Substring(0, end) : string.Empty;
        return missing == unreadable || missing.StartsWith(unreadable + ".", System.StringComparison.Ordinal) || (parent.Length == 0 ? missing.StartsWith("SourceConfiguration", System.StringComparison.Ordinal) : missing == parent);
    }

    /// <summary>The message that App Runner itself sends for this problem; null if it is not known.</summary>
    internal string? ServiceMessage { get; init; }

    /// <summary>The same problem, with its path below <paramref name="member"/>.</summary>
    /// <param name="member">The member's name; empty does not change the path.</param>
    /// <returns>A problem with the longer path.</returns>
    internal Problem Under(string member) =>
        member.Length == 0 ? this : new Problem(Path.Length == 0 ? member : Path[0] == '[' ? member + Path : member + "." + Path, Message, Severity) { IsUnreadable = IsUnreadable, ServiceMessage = ServiceMessage };

    /// <summary>Path and message on one line.</summary>
    /// <returns><c>path: message</c>.</returns>
    public override string ToString() => Path.Length == 0 ? Message : Path + ": " + Message;
}

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>A warning; the request can be sent.</summary>
    Warning,

    /// <summary>A value that this version does not know: the service decides. A warning for a cmdlet, an error for the local endpoint.</summary>
    UnknownValue,

    /// <summary>The service would refuse the request.</summary>
    Error,
}
