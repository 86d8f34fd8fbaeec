using System;

namespace AppRunner.Model;

/// <summary>The service answered with an error. Derived classes stand for the API's exceptions; this one for any other code.</summary>
public class AppRunnerServiceException : AppRunnerException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="errorCode">The service's code, such as <c>InvalidRequestException</c>.</param>
    /// <param name="message">The service's message.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="innerException">What caused it.</param>
    internal AppRunnerServiceException(string errorId, string errorCode, string message, int statusCode, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
        ErrorCode = errorCode;
        StatusCode = statusCode;
    }

    /// <summary>The service's code, such as <c>InvalidRequestException</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode { get; }

    /// <summary>
    /// How often the request was sent before this response. Above 1, an earlier sending may have had its effect in spite of its
    /// response (a 5xx), which makes "already exists" no proof that somebody else was there.
    /// </summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>The id that AWS gave the request, for questions to its support.</summary>
    public string? RequestId { get; internal set; }
}

/// <summary>
/// The service refused the request (API: InvalidRequestException). The API uses this one for many things, so its message tells
/// apart a name that is taken and a role that cannot be assumed.
/// </summary>
public sealed class InvalidRequestException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    internal InvalidRequestException(string message, Exception? innerException = null)
        : this(IdFor(message), message, innerException)
    {
    }

    private InvalidRequestException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(InvalidRequestException), message, 400, innerException)
    {
    }

    /// <summary>The same refusal as the response to a request that is not about a service's name: what exists already is then another resource.</summary>
    /// <param name="refusal">The service's response.</param>
    /// <returns>The exception; the same one where its id says nothing about a service.</returns>
    internal static InvalidRequestException ForResource(InvalidRequestException refusal) => refusal.ErrorId != ErrorIds.ServiceAlreadyExists
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

/// <summary>The service's status forbids what was asked: mostly an operation is in progress (API: InvalidStateException).</summary>
public sealed class InvalidStateException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    internal InvalidStateException(string message, Exception? innerException = null)
        : base(ErrorIds.InvalidServiceState, nameof(InvalidStateException), message, 400, innerException)
    {
    }
}

/// <summary>There is no such service or resource (API: ResourceNotFoundException).</summary>
public sealed class ResourceNotFoundException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    internal ResourceNotFoundException(string message, Exception? innerException = null)
        : this(ErrorIds.ResourceNotFound, message, innerException)
    {
    }

    private ResourceNotFoundException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(ResourceNotFoundException), message, 400, innerException)
    {
    }

    /// <summary>The exception for a service that is not there.</summary>
    /// <param name="message">What was looked for, and where.</param>
    /// <param name="innerException">The service's response, if it was asked.</param>
    /// <returns>The exception, with the id ServiceNotFound.</returns>
    internal static ResourceNotFoundException ForService(string message, Exception? innerException = null) =>
        new(ErrorIds.ServiceNotFound, message, innerException)
        {
            RequestId = (innerException as AppRunnerServiceException)?.RequestId,
        };
}

/// <summary>The account's quota is used up (API: ServiceQuotaExceededException).</summary>
public sealed class ServiceQuotaExceededException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    internal ServiceQuotaExceededException(string message, Exception? innerException = null)
        : base(ErrorIds.QuotaExceeded, nameof(ServiceQuotaExceededException), message, 400, innerException)
    {
    }
}

/// <summary>The service failed (API: InternalServiceErrorException).</summary>
public sealed class InternalServiceErrorException : AppRunnerServiceException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">What caused it.</param>
    internal InternalServiceErrorException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceError, nameof(InternalServiceErrorException), message, 500, innerException)
    {
    }
}

/// <summary>From the code of an error response to the exception for it: the one table of that kind.</summary>
internal static class ServiceErrors
{
    /// <summary>The exception for an error response.</summary>
    /// <param name="errorCode">The code; <c>namespace#Code</c> and <c>Code:url</c> are accepted too. Null where the response had none.</param>
    /// <param name="message">The service's message.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="innerException">What caused it.</param>
    /// <returns>The exception.</returns>
    public static AppRunnerServiceException Create(string? errorCode, string? message, int statusCode, string? requestId, Exception? innerException = null)
    {
        var code = ShortCode(errorCode) ?? string.Empty;
        var text = string.IsNullOrWhiteSpace(message)
            ? $"App Runner returned {(code.Length > 0 ? code : "an error")} (HTTP {statusCode}) without a message."
            : message!;
        AppRunnerServiceException exception = code switch
        {
            nameof(InvalidRequestException) => new InvalidRequestException(text, innerException),
            nameof(InvalidStateException) => new InvalidStateException(text, innerException),
            nameof(ResourceNotFoundException) => new ResourceNotFoundException(text, innerException),
            nameof(ServiceQuotaExceededException) => new ServiceQuotaExceededException(text, innerException),
            nameof(InternalServiceErrorException) => new InternalServiceErrorException(text, innerException),
            _ => new AppRunnerServiceException(IdFor(code, statusCode), code, text, statusCode, innerException),
        };
        exception.RequestId = requestId;
        return exception;
    }

    /// <summary>A code without the namespace before it (<c>namespace#Code</c>) and the address behind it (<c>Code:url</c>).</summary>
    /// <param name="errorCode">The code as the response has it.</param>
    /// <returns>The bare code; null where there is none.</returns>
    public static string? ShortCode(string? errorCode)
    {
        if (string.IsNullOrEmpty(errorCode))
            return null;
        var code = errorCode!.Substring(errorCode.LastIndexOf('#') + 1);
        var colon = code.IndexOf(':');
        return colon < 0 ? code : code.Substring(0, colon);
    }

    private static string IdFor(string code, int statusCode) => code switch
    {
        "UnrecognizedClientException" or "InvalidSignatureException" or "IncompleteSignature" or "IncompleteSignatureException" or "InvalidClientTokenId" or "ExpiredToken"
            or "ExpiredTokenException" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "SignatureDoesNotMatch" or "RequestExpired"
            or "AuthFailure" => ErrorIds.AuthenticationFailed,
        "AccessDeniedException" or "AccessDenied" or "OptInRequired" or "NotAuthorized" => ErrorIds.AccessDenied,
        "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown" => ErrorIds.Throttled,
        nameof(InvalidParameterException) or "ValidationException" or "ValidationError" or "SerializationException" => ErrorIds.InvalidParameter,
        _ => statusCode switch
        {
            401 => ErrorIds.AuthenticationFailed,
            403 => ErrorIds.AccessDenied,
            429 => ErrorIds.Throttled,
            _ => ErrorIds.ServiceError,
        },
    };
}
