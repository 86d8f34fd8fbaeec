namespace AppRunner.Model.Rules;

/// <summary>One thing that is wrong with a request.</summary>
public sealed class Problem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="path">Member path from the request's root, such as <c>HealthCheckConfiguration.Interval</c>.</param>
    /// <param name="message">What is wrong and what would be right. Never holds a sensitive value.</param>
    /// <param name="severity">How bad it is.</param>
    internal Problem(string path, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        Path = path;
        Message = message;
        Severity = severity;
    }

    /// <summary>Member path from the request's root, such as <c>HealthCheckConfiguration.Interval</c>.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what would be right.</summary>
    public string Message { get; }

    /// <summary>How bad it is.</summary>
    public ProblemSeverity Severity { get; }

    /// <summary>The same problem, seen from a shape that holds this one under <paramref name="member"/>.</summary>
    /// <param name="member">The member's name; empty leaves the path as it is.</param>
    /// <returns>A problem with the longer path.</returns>
    internal Problem Under(string member) =>
        member.Length == 0 ? this : new Problem(Path.Length == 0 ? member : Path[0] == '[' ? member + Path : member + "." + Path, Message, Severity);

    /// <summary>Path and message on one line.</summary>
    /// <returns><c>path: message</c>.</returns>
    public override string ToString() => Path.Length == 0 ? Message : Path + ": " + Message;
}

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth saying; the request can be sent.</summary>
    Warning,

    /// <summary>Not one of the values known to this version: the service decides. A warning for a cmdlet, an error for the local endpoint.</summary>
    UnknownValue,

    /// <summary>The service would refuse the request.</summary>
    Error,
}
