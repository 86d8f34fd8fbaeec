using System;

namespace AppRunner.Model;

/// <summary>From the code of an error answer to the exception for it: the one table of that kind.</summary>
public static class ServiceErrors
{
    /// <summary>The exception for an error answer.</summary>
    /// <param name="errorCode">The code; <c>namespace#Code</c> and <c>Code:url</c> are accepted too. Null where the answer had none.</param>
    /// <param name="message">The service's words.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="innerException">What caused it.</param>
    /// <returns>The exception.</returns>
    public static AppRunnerServiceException Create(string? errorCode, string? message, int statusCode, string? requestId, Exception? innerException = null)
    {
        var code = ShortCode(errorCode);
        var words = string.IsNullOrWhiteSpace(message)
            ? $"App Runner answered {(code.Length > 0 ? code : "an error")} (HTTP {statusCode}) without a message."
            : message!;
        AppRunnerServiceException exception = code switch
        {
            nameof(InvalidRequestException) => new InvalidRequestException(words, innerException),
            nameof(InvalidStateException) => new InvalidStateException(words, innerException),
            nameof(ResourceNotFoundException) => new ResourceNotFoundException(words, innerException),
            nameof(ServiceQuotaExceededException) => new ServiceQuotaExceededException(words, innerException),
            nameof(InternalServiceErrorException) => new InternalServiceErrorException(words, innerException),
            _ => new AppRunnerServiceException(IdFor(code, statusCode), code, words, statusCode, innerException),
        };
        exception.RequestId = requestId;
        return exception;
    }

    private static string ShortCode(string? errorCode)
    {
        if (string.IsNullOrEmpty(errorCode))
            return string.Empty;
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
        LogsApi.RefusalCode or "ValidationException" or "ValidationError" or "SerializationException" => ErrorIds.InvalidParameter,
        _ => statusCode switch
        {
            401 => ErrorIds.AuthenticationFailed,
            403 => ErrorIds.AccessDenied,
            429 => ErrorIds.Throttled,
            _ => ErrorIds.ServiceError,
        },
    };
}
