using System;

namespace AppRunner.Model;

/// <summary>The service answered with an error. Derived classes stand for the API's exceptions; this one for any other code.</summary>
public class AppRunnerServiceException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="errorCode">The service's code, such as <c>InvalidRequestException</c>.</param>
    /// <param name="message">The service's words.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="innerException">What caused it.</param>
    public AppRunnerServiceException(string errorId, string errorCode, string message, int statusCode, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        ErrorCode = errorCode;
        StatusCode = statusCode;
    }

    /// <summary>The service's code, such as <c>InvalidRequestException</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; }

    /// <summary>
    /// How often the request was sent before this answer. Above 1, an earlier sending may have had its effect in spite of its
    /// answer (a 5xx), which makes "already exists" no proof that somebody else was there.
    /// </summary>
    public int Attempts { get; set; } = 1;

    /// <summary>The id that AWS gave the request, for questions to its support.</summary>
    public string? RequestId { get; set; }
}
