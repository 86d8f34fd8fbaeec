using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Credentials that change in time, had before a call and held for it. The SDK would have them while it signs, where neither a
/// cancellation nor a time limit reaches.
/// </summary>
internal abstract class HeldCredentials(TimeSpan limit, IClock clock, string source, string? signOnProfile) : AWSCredentials
{
    private volatile Held? current;

    /// <summary>The time.</summary>
    protected IClock Clock { get; } = clock;

    /// <summary>The exception for credentials that cannot be had.</summary>
    /// <param name="source">Where they come from, in words.</param>
    /// <param name="signOnProfile">The profile that signs on, where one does.</param>
    /// <param name="exception">What went wrong.</param>
    /// <returns>The exception.</returns>
    public static NoCredentialException Failure(string source, string? signOnProfile, Exception exception) =>
        new($"No credentials from {source}: {exception.Message}", exception)
        {
            RecommendedAction = signOnProfile is null ? null : $"Run: aws sso login --profile {signOnProfile}",
        };

    public override ImmutableCredentials GetCredentials() => current?.Credentials ?? throw new InvalidOperationException("The credentials were not looked up yet.");

    /// <summary>Has them anew where those at hand are not good for this call.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="NoCredentialException">They cannot be had any more, or it took too long.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (current is { } held && held.GoodUntil > Clock.UtcNow)
            return;
        try
        {
            current = await BoundedLookup.RunAsync(FetchAsync, limit, Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Failure(source, signOnProfile, exception);
        }
    }

    /// <summary>Has them, and until when nobody need ask again. May hold up its thread.</summary>
    /// <returns>The credentials.</returns>
    protected abstract Task<Held> FetchAsync();

    /// <summary>Credentials at hand.</summary>
    /// <param name="Credentials">The credentials.</param>
    /// <param name="GoodUntil">When they are to be had anew.</param>
    protected sealed record Held(ImmutableCredentials Credentials, DateTime GoodUntil);
}
