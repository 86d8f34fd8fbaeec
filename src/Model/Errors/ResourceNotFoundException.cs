using System;

namespace AppRunner.Model;

/// <summary>There is no such service or resource (API: ResourceNotFoundException).</summary>
public sealed class ResourceNotFoundException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's words, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    public ResourceNotFoundException(string message, Exception? innerException = null)
        : this(ErrorIds.ResourceNotFound, message, innerException)
    {
    }

    private ResourceNotFoundException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(ResourceNotFoundException), message, 400, innerException)
    {
    }

    /// <summary>The exception for a service that is not there.</summary>
    /// <param name="message">What was looked for, and where.</param>
    /// <param name="innerException">The service's answer, if it was asked.</param>
    /// <returns>The exception, with the id ServiceNotFound.</returns>
    public static ResourceNotFoundException ForService(string message, Exception? innerException = null) =>
        new(ErrorIds.ServiceNotFound, message, innerException)
        {
            RequestId = (innerException as AppRunnerServiceException)?.RequestId,
        };
}
