using System;
using Amazon.Runtime.Internal;

namespace AppRunner.Client.Calls;

/// <summary>
/// Which failed calls are retried, and after which delay. This is the SDK's standard retry mode with two differences. A call that changes
/// state is not retried if it may have arrived. There is no retry quota for the process: with one, the failures of some parallel calls
/// would use up the retries of the others.
/// </summary>
internal sealed class RetryRules
{
    private const int MaxAttempts = 3;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(20);

    private readonly Random random = new();

    /// <summary>Whether a call is retried after a failure.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">The failure of its last attempt.</param>
    /// <returns>True to retry it.</returns>
    public static bool ShouldRetry(JsonCall call, Exception failure) => call.Attempts < MaxAttempts && failure switch
    {
        TransportException transport => transport.NeverSent || !call.ChangesState,
        UnreadableResponseException => !call.ChangesState,
        AwsErrorResponseException { IsGatewayFailure: true } => !call.ChangesState,
        AwsErrorResponseException response => response.IsClockSkew || response.Status is 429 or 500 or 502 or 503 or 504 || (response.ErrorCode is { } code && SdkCodes.IsTransient(code)),
        _ => false,
    };

    /// <summary>The delay before the next attempt: exponential back-off with full jitter.</summary>
    /// <param name="attempts">The number of attempts so far.</param>
    /// <returns>The delay.</returns>
    public TimeSpan DelayAfter(int attempts)
    {
        double jitter;
        lock (random)
            jitter = random.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(jitter * Math.Pow(2, attempts - 1), MaxDelay.TotalSeconds));
    }

    // A nested class, so that it is created at the first failure only.
    private static class SdkCodes
    {
        private static readonly StandardRetryPolicy Standard = new(maxRetries: MaxAttempts - 1);

        public static bool IsTransient(string code) => Standard.ThrottlingErrorCodes.Contains(code) || Standard.TimeoutErrorCodesToRetryOn.Contains(code);
    }
}
