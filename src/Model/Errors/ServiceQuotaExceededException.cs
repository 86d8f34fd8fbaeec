using System;

namespace AppRunner.Model;

/// <summary>The account's quota is used up (API: ServiceQuotaExceededException).</summary>
public sealed class ServiceQuotaExceededException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's words, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    public ServiceQuotaExceededException(string message, Exception? innerException = null)
        : base(ErrorIds.QuotaExceeded, nameof(ServiceQuotaExceededException), message, 400, innerException)
    {
    }
}
