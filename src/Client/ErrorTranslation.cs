using System;
using System.Threading;
using Amazon.Runtime;
using AppRunner.Client.Calls;
using AppRunner.Client.Credentials;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client;

/// <summary>From what the SDK and the network throw to the Model's exceptions.</summary>
internal static class ErrorTranslation
{
    /// <summary>The exception for a failed call.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="call">What was called.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="credentialSource">As whom, in words.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>What to throw.</returns>
    public static Exception Translate(Exception exception, JsonCall call, Uri endpoint, string credentialSource, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return exception as OperationCanceledException ?? new OperationCanceledException(exception.Message, exception, cancellationToken);
        var address = endpoint.GetLeftPart(UriPartial.Authority);
        return exception switch
        {
            AppRunnerException already => already,
            TransportException transport => new NetworkException(transport.Message, !transport.NeverSent, transport.InnerException),
            AwsErrorResponseException response => FromResponse(response, call, address),
            UnreadableResponseException unreadable => FromUnreadable(unreadable, call, address),
            ObjectDisposedException or OperationCanceledException => new NetworkException($"The connection to {address} was closed during {call.Operation}.", mayHaveArrived: true, exception),
            AmazonClientException or AmazonServiceException or InvalidOperationException => CachedCredentials.Failure(credentialSource, null, exception),
            _ => new NetworkException($"{call.Operation} at {address} failed: {exception.Message}", mayHaveArrived: true, exception),
        };
    }

    private static AppRunnerException FromResponse(AwsErrorResponseException response, JsonCall call, string address)
    {
        var status = response.Status;
        if (response.IsGatewayFailure && call.ChangesState)
        {
            return new NetworkException(
                $"{address} answered HTTP {status}: something between here and {call.Service.Name} got no answer from it. The request may have arrived.", mayHaveArrived: true, response);
        }

        if (status == 407)
            return new NetworkException($"A proxy on the way to {address} wants credentials (HTTP 407).", mayHaveArrived: false, response);
        var message = response.ServiceMessage ?? Describe(response, call, status, address);
        var error = ServiceErrors.Create(response.ErrorCode, message, status, response.RequestId, response);
        error.Attempts = call.Attempts;
        return error;
    }

    private static string? Describe(AwsErrorResponseException response, JsonCall call, int status, string address)
    {
        if (response.ErrorCode is not null)
            return call.Service == JsonService.AppRunner ? null : $"{call.Service.Name} answered {response.ErrorCode} (HTTP {status}) without a message.";
        var kind = status is >= 300 and < 400
            ? "a redirection" + (string.IsNullOrEmpty(response.Location) ? string.Empty : " to " + response.Location)
            : string.IsNullOrEmpty(response.ContentType) ? "nothing more" : response.ContentType;
        return $"{address} answered HTTP {status} with {kind}, which is no answer of {call.Service.Name}: the endpoint may be wrong, or a proxy or gateway between may have sent it.";
    }

    private static AppRunnerException FromUnreadable(UnreadableResponseException unreadable, JsonCall call, string address)
    {
        var message = $"{address} answered {call.Operation} with something unreadable: {unreadable.GetBaseException().Message}";
        return call.ChangesState
            ? new NetworkException(message + " The request may have been carried out.", mayHaveArrived: true, unreadable)
            : ServiceErrors.Create(null, message, unreadable.Status, unreadable.RequestId, unreadable);
    }
}
