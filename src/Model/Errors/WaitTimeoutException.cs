using System;

namespace AppRunner.Model;

/// <summary>The time to wait is over. The operation goes on.</summary>
public sealed class WaitTimeoutException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was waited for, how long, and how to wait again.</param>
    /// <param name="innerException">The last failure to ask, if asking failed.</param>
    public WaitTimeoutException(string message, Exception? innerException = null)
        : base(ErrorIds.WaitTimeout, message, innerException)
    {
    }
}
