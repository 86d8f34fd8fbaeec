using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>The base of everything that this module throws on purpose.</summary>
public abstract class AppRunnerException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened; the service's own message unchanged where it said something.</param>
    /// <param name="innerException">What caused it.</param>
    private protected AppRunnerException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>One of <see cref="ErrorIds"/>: the first part of the record's FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it; null where a general advice for the id is enough.</summary>
    public string? RecommendedAction { get; internal set; }

    /// <summary>Whether the same call may succeed a little later: a broken connection, throttling, a service that fails.</summary>
    internal bool IsTransient => ErrorId is ErrorIds.NetworkError or ErrorIds.Throttled or ErrorIds.ServiceError;
}

/// <summary>Parameters or a request are wrong; nothing was sent.</summary>
public sealed class InvalidParameterException : AppRunnerException
{
    /// <summary>Makes the exception for one problem.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    internal InvalidParameterException(string message)
        : this(message, innerException: null)
    {
    }

    /// <summary>Makes the exception for one problem.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="innerException">What caused it.</param>
    internal InvalidParameterException(string message, Exception? innerException)
        : base(ErrorIds.InvalidParameter, message, innerException)
    {
        Problems = [new Problem(string.Empty, message)];
    }

    /// <summary>Makes the exception for all problems of a request at once.</summary>
    /// <param name="subject">What is wrong, such as <c>The request for service "web"</c>.</param>
    /// <param name="problems">At least one problem.</param>
    internal InvalidParameterException(string subject, IReadOnlyList<Problem> problems)
        : base(ErrorIds.InvalidParameter, Describe(subject, problems))
    {
        Problems = problems;
    }

    /// <summary>Every problem, with its path.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    // Numbered: scripts and CI show the lines of a message as one paragraph (ConciseView).
    private static string Describe(string subject, IReadOnlyList<Problem> problems) => problems.Count == 1
        ? problems[0].ToString()
        : $"{subject} has {problems.Count} problems:" + string.Concat(problems.Select((problem, index) => $"\n  ({index + 1}) {problem}"));
}

/// <summary>No region is given, configured or found.</summary>
public sealed class NoRegionException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where was looked.</param>
    internal NoRegionException(string message)
        : base(ErrorIds.NoRegion, message)
    {
    }
}

/// <summary>No credentials were found, or the ones that were named cannot be had.</summary>
public sealed class NoCredentialException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where was looked and what was missing. Never holds a key.</param>
    /// <param name="innerException">What caused it.</param>
    internal NoCredentialException(string message, Exception? innerException = null)
        : base(ErrorIds.NoCredential, message, innerException)
    {
    }
}

/// <summary>No connection, no response, or a response that was cut off.</summary>
public sealed class NetworkException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, and to which address.</param>
    /// <param name="mayHaveArrived">Whether the request may have reached the service.</param>
    /// <param name="innerException">What caused it.</param>
    internal NetworkException(string message, bool mayHaveArrived, Exception? innerException = null)
        : base(ErrorIds.NetworkError, message, innerException)
    {
        MayHaveArrived = mayHaveArrived;
    }

    /// <summary>True where the request may have reached the service and only its response was lost; false where it surely never left.</summary>
    public bool MayHaveArrived { get; }
}

/// <summary>The local endpoint could not be started, or is not running.</summary>
public sealed class LocalEndpointException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    internal LocalEndpointException(string message, Exception? innerException = null)
        : base(ErrorIds.LocalEndpointError, message, innerException)
    {
    }
}
