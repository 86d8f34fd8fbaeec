using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The base class of the errors that this module reports.</summary>
public abstract class AppRunnerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened; a message of the service is not changed.</param>
    /// <param name="innerException">The cause.</param>
    private protected AppRunnerException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>One of <see cref="ErrorIds"/>: the first part of the record's FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>What happened, and what else is known.</summary>
    public override string Message => Note is null ? base.Message : base.Message + " " + Note;

    /// <summary>What to do; null means the general advice for the error id.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>What else is known, in sentences: what was found after the failure, or what continues. The end of the message.</summary>
    internal string? Note { get; set; }

    /// <summary>Whether a retry of the same call may succeed: a network error, throttling or a service error.</summary>
    internal bool IsTransient => ErrorId is ErrorIds.NetworkError or ErrorIds.Throttled or ErrorIds.ServiceError;

    /// <summary>Formats the lines of a message. They are numbered, because scripts and CI show a message as one paragraph (PowerShell's ConciseView).</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>The lines, each with a line break before it and a number.</returns>
    private protected static string NumberedLines(IEnumerable<string> lines) => string.Concat(lines.Select((line, index) => $"\n  ({index + 1}) {line}"));
}

/// <summary>Parameters or a request are not valid; nothing was sent.</summary>
public sealed class InvalidParameterException : AppRunnerException
{
    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="message">What is wrong and what is valid.</param>
    internal InvalidParameterException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="message">What is wrong and what is valid.</param>
    /// <param name="innerException">The cause.</param>
    internal InvalidParameterException(string message, Exception? innerException)
        : base(ErrorIds.InvalidParameter, message, innerException)
    {
        Problems = [new Problem(string.Empty, message)];
    }

    /// <summary>Creates the exception for all problems of a request at once.</summary>
    /// <param name="subject">What the problems are about, such as <c>The request for service "web"</c>.</param>
    /// <param name="problems">At least one problem.</param>
    internal InvalidParameterException(string subject, IReadOnlyList<Problem> problems)
        : base(ErrorIds.InvalidParameter, Describe(subject, problems))
    {
        Problems = problems;
    }

    /// <summary>All problems, with their paths.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether the message is a predicate: who catches it knows the subject, such as a parameter or a file.</summary>
    internal bool IsPredicate { get; init; }

    internal static string Describe(string subject, IReadOnlyList<Problem> problems) => problems.Count == 1
        ? problems[0].ToString()
        : $"{subject} has {problems.Count} problems:" + NumberedLines(problems.Select(problem => problem.ToString()));
}

/// <summary>No region was given, configured or found.</summary>
public sealed class NoRegionException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The places that were searched.</param>
    internal NoRegionException(string message)
        : base(ErrorIds.NoRegion, message)
    {
    }
}

/// <summary>No credentials were found, or the named ones are not available.</summary>
public sealed class NoCredentialException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The places that were searched, and what is missing. Never contains a key.</param>
    /// <param name="innerException">The cause.</param>
    internal NoCredentialException(string message, Exception? innerException = null)
        : base(ErrorIds.NoCredential, message, innerException)
    {
    }
}

/// <summary>No connection, no response, or an incomplete response.</summary>
public sealed class NetworkException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, with the address.</param>
    /// <param name="mayHaveArrived">Whether the request may have reached the service.</param>
    /// <param name="innerException">The cause.</param>
    internal NetworkException(string message, bool mayHaveArrived, Exception? innerException = null)
        : base(ErrorIds.NetworkError, message, innerException)
    {
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>True if the request may have reached the service and only its response was lost; false if it was certainly not sent.</summary>
    public bool MayHaveArrived { get; }
}

/// <summary>The local endpoint could not be started or is not running.</summary>
public sealed class LocalEndpointException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    internal LocalEndpointException(string message, Exception? innerException = null)
        : base(ErrorIds.LocalEndpointError, message, innerException)
    {
    }
}
