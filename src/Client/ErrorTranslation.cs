using System;
using System.Threading;
using AppRunner.Client.Calls;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client;

/// <summary>Translates the client's own exceptions into the Model's.</summary>
internal static class ErrorTranslation
{
    private const string EndpointAdvice = "Check the endpoint URL: -EndpointUrl, Get-ARContext, and the variables AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_APPRUNNER. Check whether a proxy or gateway responds instead of AWS.";
    private const string ProxyAdvice = "Put the user name and password into the URL of the proxy (HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT), or exclude the endpoint with NO_PROXY.";

    /// <summary>The Model's exception for a failed call.</summary>
    /// <param name="exception">The exception that was thrown.</param>
    /// <param name="call">The call.</param>
    /// <param name="endpoint">The endpoint of the call.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The exception to throw; null for an exception that does not come from a call, which is a defect and must not be wrapped.</returns>
    public static Exception? Translate(Exception exception, JsonCall call, Uri endpoint, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return exception as OperationCanceledException ?? new OperationCanceledException(exception.Message, exception, cancellationToken);
        var address = endpoint.GetLeftPart(UriPartial.Authority);
        return exception switch
        {
            AppRunnerException already => already,
            TransportException transport => new NetworkException(transport.Message, !transport.NeverSent || call.MayHaveTakenEffect, transport.InnerException) { RecommendedAction = transport.Advice },
            AwsErrorResponseException response => FromResponse(response, call, address),
            UnreadableResponseException unreadable => FromUnreadable(unreadable, call, address),
            _ => null,
        };
    }

    private static AppRunnerException FromResponse(AwsErrorResponseException response, JsonCall call, string address)
    {
        var status = response.Status;
        if (response.IsGatewayFailure && call.ChangesState)
        {
            return new NetworkException(
                $"{address} returned HTTP {status}: a proxy or gateway got no response from {call.Service.Name}. The request may have arrived.", mayHaveArrived: true, response);
        }

        if (status == 407)
            return new NetworkException($"The proxy for {address} requires authentication (HTTP 407).", mayHaveArrived: call.MayHaveTakenEffect, response) { RecommendedAction = ProxyAdvice };
        var message = response.ServiceMessage ?? Describe(response, call, status, address);
        var error = ServiceErrors.Create(response.ErrorCode, message, status, response.RequestId, response);
        error.Attempts = call.Attempts;

        // A defect of the local endpoint has an error of its own, and nothing to look for.
        error.MayHaveTakenEffect = call.MayHaveTakenEffect && message != LocalEndpoint.InternalErrorMessage;

        // Every error of AWS has a code. Something else responded, or AWS did at an address that is not an endpoint of the service.
        if (response.ErrorCode is null)
            error.RecommendedAction = EndpointAdvice;
        return error;
    }

    private static string? Describe(AwsErrorResponseException response, JsonCall call, int status, string address)
    {
        if (response.ErrorCode is not null)
            return call.Service == JsonService.AppRunner ? null : $"{call.Service.Name} returned {response.ErrorCode} (HTTP {status}) without a message.";
        var kind = status is >= 300 and < 400
            ? "a redirect" + (response.Location is null ? string.Empty : " to " + response.Location)
            : string.IsNullOrEmpty(response.ContentType) ? "no content type" : response.ContentType;
        return FailureText.Sentence($"{address} returned HTTP {status} with {kind}. This is not a response from {call.Service.Name}: the endpoint may be wrong, or a proxy or gateway sent it.");
    }

    private static AppRunnerException FromUnreadable(UnreadableResponseException unreadable, JsonCall call, string address)
    {
        var message = $"{address} returned a response to {call.Operation} that cannot be read: {unreadable.Message}";
        if (call.ChangesState)
            return new NetworkException(message + " The request may have been processed.", mayHaveArrived: true, unreadable.InnerException) { RecommendedAction = unreadable.IsJson ? null : EndpointAdvice };
        var error = ServiceErrors.Create(null, message, unreadable.Status, unreadable.RequestId, unreadable.InnerException);
        error.RecommendedAction = unreadable.IsJson ? null : EndpointAdvice;
        return error;
    }
}
