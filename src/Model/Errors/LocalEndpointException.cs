using System;

namespace AppRunner.Model;

/// <summary>The local endpoint could not be started, or is not running.</summary>
public sealed class LocalEndpointException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public LocalEndpointException(string message, Exception? innerException = null)
        : base(ErrorIds.LocalEndpointError, message, innerException)
    {
    }
}
