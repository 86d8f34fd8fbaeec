using System;
using System.Globalization;
using Amazon.Runtime.Internal;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Calls;

/// <summary>
/// Which failed calls are retried, and after which delay. This is the SDK's standard retry mode with these differences. A call that changes
/// state is not retried if it may have arrived. There is no retry quota for the process: with one, the failures of some parallel calls
/// would use up the retries of the others. Throttled calls wait together (<see cref="RateLimiter"/>), and are sent more than three times
/// while other calls succeed, if the number of attempts is not configured.
/// </summary>
/// <param name="configuredAttempts">The configured number of attempts; null for the default.</param>
internal sealed class RetryRules(int? configuredAttempts)
{
    /// <summary>How often a request is sent at most, if nothing else is configured and calls are not throttled.</summary>
    public const int DefaultAttempts = 3;

    private const int MaxThrottledAttempts = 12;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(20);

    private readonly Random random = new();

    /// <summary>Reads the configuration: AWS_MAX_ATTEMPTS and AWS_RETRY_MODE, then max_attempts and retry_mode of the profile.</summary>
    /// <param name="profiles">The profile.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="InvalidParameterException">A setting is malformed.</exception>
    public static RetryRules Read(ProfileLookup profiles)
    {
        var (mode, modeSource) = profiles.Setting("AWS_RETRY_MODE", "retry_mode");

        // All modes mean the same here: retries of the standard mode, with the rate limit of the adaptive mode.
        if (mode is not null && mode.ToUpperInvariant() is not ("STANDARD" or "ADAPTIVE" or "LEGACY"))
            throw new InvalidParameterException($"{modeSource} is {EnvironmentText.Quote(mode)}. It must be standard, adaptive or legacy.");
        var (attempts, attemptsSource) = Attempts(profiles);
        if (attempts is null)
            return new RetryRules(null);
        return int.TryParse(attempts, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new RetryRules(number)
            : throw new InvalidParameterException($"{attemptsSource} is {EnvironmentText.Quote(attempts)}. It must be a whole number of at least 1.");
    }

    /// <summary>The setting of the number of attempts, which is not checked.</summary>
    /// <param name="profiles">The profile.</param>
    /// <returns>The value, null if it is absent, and where it comes from.</returns>
    public static (string? Value, string Source) Attempts(ProfileLookup profiles) => profiles.Setting("AWS_MAX_ATTEMPTS", "max_attempts");

    /// <summary>Whether a response says that the service received too many requests.</summary>
    /// <param name="failure">The failure of an attempt.</param>
    /// <returns>True for throttling.</returns>
    public static bool IsThrottling(Exception failure) =>
        failure is AwsErrorResponseException response && (response.Status == 429 || (response.ErrorCode is { } code && SdkCodes.IsThrottling(code)));

    /// <summary>Whether a call is retried after a failure.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">The failure of its last attempt.</param>
    /// <param name="isProgressing">Whether other calls succeeded in the last seconds.</param>
    /// <returns>True to retry it.</returns>
    public bool ShouldRetry(JsonCall call, Exception failure, bool isProgressing)
    {
        var attempts = configuredAttempts ?? (isProgressing && IsThrottling(failure) ? MaxThrottledAttempts : DefaultAttempts);
        return call.Attempts < attempts && failure switch
        {
            TransportException transport => transport.NeverSent || !call.ChangesState,
            UnreadableResponseException => !call.ChangesState,
            AwsErrorResponseException { IsGatewayFailure: true } => !call.ChangesState,
            AwsErrorResponseException response => response.IsClockSkew || response.Status is 429 or 500 or 502 or 503 or 504 || (response.ErrorCode is { } code && SdkCodes.IsTransient(code)),
            _ => false,
        };
    }

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
        private static readonly StandardRetryPolicy Standard = new(maxRetries: DefaultAttempts - 1);

        public static bool IsThrottling(string code) => Standard.ThrottlingErrorCodes.Contains(code);

        public static bool IsTransient(string code) => IsThrottling(code) || Standard.TimeoutErrorCodesToRetryOn.Contains(code);
    }
}
