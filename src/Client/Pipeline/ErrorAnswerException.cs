using System;
using Amazon.Runtime;
using AppRunner.Client.Transport;

namespace AppRunner.Client.Pipeline;

/// <summary>An answer that is not a success.</summary>
internal sealed class ErrorAnswerException(BufferedAnswer answer, string? code, string? words, Exception innerException)
    : AmazonServiceException(words, innerException, ErrorType.Unknown, code, answer.RequestId, answer.StatusCode)
{
    /// <summary>What the service said; null where it said nothing readable.</summary>
    public string? Words { get; } = words;

    public string? ContentType { get; } = answer.ContentType;

    /// <summary>Where a redirection points to.</summary>
    public string? Location { get; } = answer.GetHeaderValue("Location");

    /// <summary>
    /// Whether something between (a proxy, a gateway) says that it got no answer from the service. The request may have reached it.
    /// </summary>
    public bool IsGatewayFailure => (int)StatusCode is 502 or 504 && ErrorCode is null;
}
