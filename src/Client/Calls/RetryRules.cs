using System;
using Amazon.Runtime.Internal;

namespace AppRunner.Client.Calls;

/// <summary>
/// Which calls are sent again, and when: the SDK's standard mode, with two differences. A call that changes something is not sent
/// again once it may have arrived without a response. And there is no quota that parallel calls of a process share: with it, the
/// failures of some would take the retries of the others.
/// </summary>
internal sealed class RetryRules
{
    private const int Attempts = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly Random random = new();

    /// <summary>Whether a call is sent again after a failure.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">How its last attempt ended.</param>
    /// <returns>Whether to send it again.</returns>
    public static bool ShouldRetry(JsonCall call, Exception failure) => call.Attempts < Attempts && failure switch
    {
        TransportException transport => transport.NeverSent || !call.ChangesState,
        UnreadableResponseException => !call.ChangesState,
        AwsErrorResponseException { IsGatewayFailure: true } => !call.ChangesState,
        AwsErrorResponseException response => response.ClockWasWrong || response.Status is 429 or 500 or 502 or 503 or 504 || (response.ErrorCode is { } code && SdkCodes.IsTransient(code)),
        _ => false,
    };

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="attempts">How many there were.</param>
    /// <returns>The pause.</returns>
    public TimeSpan Pause(int attempts)
    {
        double part;
        lock (random)
            part = random.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(part * Math.Pow(2, attempts - 1), LongestPause.TotalSeconds));
    }

    // A class of its own, as it is made at the first failure only.
    private static class SdkCodes
    {
        private static readonly StandardRetryPolicy Standard = new(maxRetries: Attempts - 1);

        public static bool IsTransient(string code) => Standard.ThrottlingErrorCodes.Contains(code) || Standard.TimeoutErrorCodesToRetryOn.Contains(code);
    }
}
