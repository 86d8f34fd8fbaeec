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
        : base(IdFor(message), nameof(InvalidRequestException), message, 400, innerException)
    {
    }

    private static string IdFor(string message)
    {
        if (message.IndexOf("Error in assuming", StringComparison.OrdinalIgnoreCase) >= 0)
            return ErrorIds.AccessRoleNotAssumable;
        if (message.IndexOf("already exists", StringComparison.OrdinalIgnoreCase) >= 0)
            return ErrorIds.ServiceAlreadyExists;
        return message.IndexOf("operation in progress", StringComparison.OrdinalIgnoreCase) >= 0 || message.IndexOf("OPERATION_IN_PROGRESS", StringComparison.Ordinal) >= 0
            ? ErrorIds.InvalidServiceState
            : ErrorIds.InvalidParameter;
    }
}
