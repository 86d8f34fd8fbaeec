using System;

namespace AppRunner.Model;

/// <summary>The service's status forbids what was asked: mostly an operation is in progress (API: InvalidStateException).</summary>
public sealed class InvalidStateException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's words, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    public InvalidStateException(string message, Exception? innerException = null)
        : base(ErrorIds.InvalidServiceState, nameof(InvalidStateException), message, 400, innerException)
    {
    }
}
