using System;

namespace AppRunner.Model;

/// <summary>No credentials were found, or the ones that were named cannot be had.</summary>
public sealed class NoCredentialException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where was looked and what was missing. Never holds a key.</param>
    /// <param name="innerException">What caused it.</param>
    public NoCredentialException(string message, Exception? innerException = null)
        : base(ErrorIds.NoCredential, message, innerException)
    {
    }
}
