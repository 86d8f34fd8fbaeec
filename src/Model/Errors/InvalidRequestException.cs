using System;

namespace AppRunner.Model;

/// <summary>
/// The service refused the request (API: InvalidRequestException). The API uses this one for many things, so its words tell
/// apart a name that is taken and a role that cannot be assumed.
/// </summary>
public sealed class InvalidRequestException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's words, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    public InvalidRequestException(string message, Exception? innerException = null)
        : this(IdFor(message), message, innerException)
    {
    }

    private InvalidRequestException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(InvalidRequestException), message, 400, innerException)
    {
    }

    /// <summary>The same refusal as the answer to a request that is not about a service's name: what exists already is then another resource.</summary>
    /// <param name="refusal">The service's answer.</param>
    /// <returns>The exception; the same one where its id says nothing about a service.</returns>
    public static InvalidRequestException ForResource(InvalidRequestException refusal) => refusal.ErrorId != ErrorIds.ServiceAlreadyExists
        ? refusal
        : new(ErrorIds.ResourceAlreadyExists, refusal.Message, refusal) { RequestId = refusal.RequestId, Attempts = refusal.Attempts };

    private static string IdFor(string message)
    {
        if (message.IndexOf("Error in assuming", StringComparison.OrdinalIgnoreCase) >= 0)
            return ErrorIds.AccessRoleNotAssumable;
        if (message.IndexOf("already exists", StringComparison.OrdinalIgnoreCase) >= 0 || message.IndexOf("already associated with", StringComparison.OrdinalIgnoreCase) >= 0)
            return ErrorIds.ServiceAlreadyExists;
        return message.IndexOf("operation in progress", StringComparison.OrdinalIgnoreCase) >= 0 || message.IndexOf("OPERATION_IN_PROGRESS", StringComparison.Ordinal) >= 0
            ? ErrorIds.InvalidServiceState
            : ErrorIds.InvalidParameter;
    }
}
