using System;

namespace AppRunner.Model;

/// <summary>The base of everything that this module throws on purpose.</summary>
public abstract class AppRunnerException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened; the service's own words unchanged where it said something.</param>
    /// <param name="innerException">What caused it.</param>
    protected AppRunnerException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>One of <see cref="ErrorIds"/>: the first part of the record's FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it; null where a general advice for the id is enough.</summary>
    public string? RecommendedAction { get; set; }
}
