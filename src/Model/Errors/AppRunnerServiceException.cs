using System;

namespace AppRunner.Model;

/// <summary>The service returned an error. Derived classes represent the API's exceptions; this class represents any other code.</summary>
public class AppRunnerServiceException : AppRunnerException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="errorCode">The service's code, such as <c>InvalidRequestException</c>.</param>
    /// <param name="message">The service's message.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="innerException">The cause.</param>
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

    /// <summary>How often the request was sent before this response.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>
    /// Whether an attempt had a 5xx response, so that it may have taken effect in spite of the error: "already exists" can then mean that this
    /// request created the resource.
    /// </summary>
    internal bool MayHaveTakenEffect { get; set; }

    /// <summary>The request id of AWS, for AWS Support.</summary>
    public string? RequestId { get; internal set; }
}

/// <summary>
/// The service refused the request (API: InvalidRequestException). The API uses it for many errors; the error id is derived from the
/// message, such as a name that is taken or a role that cannot be assumed.
/// </summary>
public sealed class InvalidRequestException : AppRunnerServiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">The cause.</param>
    internal InvalidRequestException(string message, Exception? innerException = null)
        : this(IdFor(message), message, innerException)
    {
    }

    private InvalidRequestException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(InvalidRequestException), message, 400, innerException)
    {
    }

    /// <summary>Changes ServiceAlreadyExists to ResourceAlreadyExists, for a request that does not create a service.</summary>
    /// <param name="refusal">The service's response.</param>
    /// <returns>The exception; the same one if its id is another.</returns>
    internal static InvalidRequestException ForResource(InvalidRequestException refusal) => refusal.ErrorId != ErrorIds.ServiceAlreadyExists
        ? refusal
        : new(ErrorIds.ResourceAlreadyExists, refusal.Message, refusal) { RequestId = refusal.RequestId, Attempts = refusal.Attempts, MayHaveTakenEffect = refusal.MayHaveTakenEffect };

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

/// <summary>The service's status does not allow the request, mostly because an operation is in progress (API: InvalidStateException).</summary>
public sealed class InvalidStateException : AppRunnerServiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">The cause.</param>
    internal InvalidStateException(string message, Exception? innerException = null)
        : base(ErrorIds.InvalidServiceState, nameof(InvalidStateException), message, 400, innerException)
    {
    }
}

/// <summary>There is no such service or resource (API: ResourceNotFoundException).</summary>
public sealed class ResourceNotFoundException : AppRunnerServiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">The cause.</param>
    internal ResourceNotFoundException(string message, Exception? innerException = null)
        : this(ErrorIds.ResourceNotFound, message, innerException)
    {
    }

    private ResourceNotFoundException(string errorId, string message, Exception? innerException)
        : base(errorId, nameof(ResourceNotFoundException), message, 400, innerException)
    {
    }

    /// <summary>The exception for a service that does not exist.</summary>
    /// <param name="message">The service that was looked for, and where.</param>
    /// <param name="innerException">The service's response, if there was a call.</param>
    /// <returns>The exception, with the id ServiceNotFound.</returns>
    internal static ResourceNotFoundException ForService(string message, Exception? innerException = null) =>
        new(ErrorIds.ServiceNotFound, message, innerException)
        {
            RequestId = (innerException as AppRunnerServiceException)?.RequestId,
            Attempts = (innerException as AppRunnerServiceException)?.Attempts ?? 1,
            MayHaveTakenEffect = innerException is AppRunnerServiceException { MayHaveTakenEffect: true },
        };
}

/// <summary>A quota of the account is exceeded (API: ServiceQuotaExceededException).</summary>
public sealed class ServiceQuotaExceededException : AppRunnerServiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">The cause.</param>
    internal ServiceQuotaExceededException(string message, Exception? innerException = null)
        : base(ErrorIds.QuotaExceeded, nameof(ServiceQuotaExceededException), message, 400, innerException)
    {
    }
}

/// <summary>The service failed (API: InternalServiceErrorException).</summary>
public sealed class InternalServiceErrorException : AppRunnerServiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The service's message, at most 600 characters.</param>
    /// <param name="innerException">The cause.</param>
    internal InternalServiceErrorException(string message, Exception? innerException = null)
        : base(ErrorIds.ServiceError, nameof(InternalServiceErrorException), message, 500, innerException)
    {
    }
}

/// <summary>Maps the code of an error response to its exception.</summary>
internal static class ServiceErrors
{
    /// <summary>The exception for an error response.</summary>
    /// <param name="errorCode">The code; <c>namespace#Code</c> and <c>Code:url</c> are accepted too. Null if the response has none.</param>
    /// <param name="message">The service's message.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="innerException">The cause.</param>
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

    /// <summary>A code without its namespace (<c>namespace#Code</c>) and URL (<c>Code:url</c>).</summary>
    /// <param name="errorCode">The code of the response.</param>
    /// <returns>The bare code; null if there is none.</returns>
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
        nameof(InvalidParameterException) or "InvalidParameterValueException" or "InvalidParameterCombinationException" or "ValidationException" or "ValidationError" or "SerializationException" => ErrorIds.InvalidParameter,
        _ => statusCode switch
        {
            401 => ErrorIds.AuthenticationFailed,
            403 => ErrorIds.AccessDenied,
            429 => ErrorIds.Throttled,
            _ => ErrorIds.ServiceError,
        },
    };
}
