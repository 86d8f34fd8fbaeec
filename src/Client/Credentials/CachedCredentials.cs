using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Temporary credentials, fetched before a call and cached. The SDK would fetch them while it signs, where neither cancellation
/// nor a time limit applies.
/// </summary>
internal abstract class CachedCredentials(TimeSpan limit, IClock clock, string source, string? ssoProfile) : AWSCredentials
{
    private volatile Cached? current;

    /// <summary>The clock.</summary>
    protected IClock Clock { get; } = clock;

    /// <summary>The exception for credentials that are not available.</summary>
    /// <param name="source">The source of the credentials, for the message.</param>
    /// <param name="ssoProfile">The profile with the single sign-on; null if there is none.</param>
    /// <param name="exception">The cause.</param>
    /// <returns>The exception.</returns>
    public static NoCredentialException CreateException(string source, string? ssoProfile, LookupException exception) =>
        new($"No credentials from {source}: {exception.Message}", exception.InnerException)
        {
            RecommendedAction = ssoProfile is null ? null : $"Run: aws sso login --profile {ssoProfile}",
        };

    public override ImmutableCredentials GetCredentials() => current?.Credentials ?? throw new InvalidOperationException("RefreshAsync must be called first.");

    /// <summary>Fetches the credentials again if the cached ones are due.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it is done.</returns>
    /// <exception cref="NoCredentialException">They are no longer available, or it took too long.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (current is { } cached && cached.RefreshAt > Clock.UtcNow)
            return;
        try
        {
            current = await BoundedLookup.RunAsync(FetchAsync, limit, Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (LookupException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw CreateException(source, ssoProfile, exception);
        }
    }

    /// <summary>Fetches the credentials and their refresh time. May block the thread.</summary>
    /// <returns>The credentials.</returns>
    /// <exception cref="LookupException">Their source failed.</exception>
    protected abstract Task<Cached> FetchAsync();

    /// <summary>Credentials, and when to fetch them again.</summary>
    /// <param name="Credentials">The credentials.</param>
    /// <param name="RefreshAt">When to fetch them again (UTC).</param>
    protected sealed record Cached(ImmutableCredentials Credentials, DateTime RefreshAt);
}

/// <summary>Credentials that the SDK refreshes: single sign-on, assumed roles, containers, EC2 instances.</summary>
internal sealed class RefreshingCredentials(RefreshingAWSCredentials temporary, TimeSpan limit, IClock clock, string source, string? ssoProfile)
    : CachedCredentials(limit, clock, source, ssoProfile)
{
    // The SDK refreshes credentials this long before they expire, in the background while they are still valid.
    private static readonly TimeSpan RefreshMargin = TimeSpan.FromMinutes(16);

    protected override async Task<Cached> FetchAsync()
    {
        // While credentials are valid, the SDK returns them and refreshes in the background: read their expiration first.
        var before = temporary.Expiration is { } known && known > Clock.UtcNow ? known : (DateTime?)null;
        var credentials = await LookupException.GuardAsync(temporary.GetCredentialsAsync).ConfigureAwait(false);
        if (KeyText.ProblemOf(credentials.AccessKey, credentials.SecretKey, credentials.Token) is { } problem)
            throw new LookupException(problem);
        var end = before ?? temporary.Expiration ?? DateTime.MaxValue;
        return new Cached(credentials, end > DateTime.MinValue + RefreshMargin ? end - RefreshMargin : end);
    }
}

/// <summary>Credentials from an object of another module. Only that object knows when they expire, so they are requested before each call.</summary>
internal sealed class KeySourceCredentials(IKeySource keys, TimeSpan limit, IClock clock) : CachedCredentials(limit, clock, keys.Name, null)
{
    protected override async Task<Cached> FetchAsync()
    {
        var (access, secret, token) = await ReadAsync().ConfigureAwait(false);
        return KeyText.ProblemOf(access, secret, token) is { } problem
            ? throw new LookupException(problem)
            : new Cached(new ImmutableCredentials(access, secret, token), DateTime.MinValue);
    }

    private async Task<(string AccessKey, string SecretKey, string? SessionToken)> ReadAsync()
    {
        try
        {
            return await keys.GetKeysAsync().ConfigureAwait(false);
        }
        catch (KeysUnavailableException unavailable)
        {
            throw new LookupException(FailureText.Sentence(unavailable.Message), unavailable);
        }
    }
}
