using System;

namespace AppRunner.Model;

/// <summary>A service of that name is there, and it was not made by this request.</summary>
public sealed class ServiceAlreadyExistsException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which service is there.</param>
    /// <param name="innerException">What caused it.</param>
    public ServiceAlreadyExistsException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceAlreadyExists, message, innerException)
    {
    }
}
