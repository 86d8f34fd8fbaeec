using System;

namespace AppRunner.Model;

/// <summary>The service failed (API: InternalServiceErrorException).</summary>
public sealed class InternalServiceErrorException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's words, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    public InternalServiceErrorException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceError, nameof(InternalServiceErrorException), message, 500, innerException)
    {
    }
}
