using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Client.Settings;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Credentials that expire, fetched before a call and cached for it. The SDK would fetch them while it signs, where neither a
/// cancellation nor a time limit applies.
/// </summary>
internal abstract class CachedCredentials(TimeSpan limit, IClock clock, string source, string? signOnProfile) : AWSCredentials
{
    private volatile Cached? current;

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

    public override ImmutableCredentials GetCredentials() => current?.Credentials ?? throw new InvalidOperationException("RefreshAsync must be called first.");

    /// <summary>Fetches them again where the cached ones are due.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="NoCredentialException">They cannot be had any more, or it took too long.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (current is { } held && held.RefreshAt > Clock.UtcNow)
            return;
        try
        {
            current = await BoundedLookup.RunAsync(FetchAsync, limit, Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(source, signOnProfile, exception);
        }
    }

    /// <summary>Fetches them, and says when to do so again. May block its thread.</summary>
    /// <returns>The credentials.</returns>
    protected abstract Task<Cached> FetchAsync();

    /// <summary>Credentials, and when to fetch them again.</summary>
    /// <param name="Credentials">The credentials.</param>
    /// <param name="RefreshAt">When to fetch them again (UTC).</param>
    protected sealed record Cached(ImmutableCredentials Credentials, DateTime RefreshAt);
}

/// <summary>What the SDK renews: signed-on users, assumed roles, containers, machines.</summary>
internal sealed class RefreshingCredentials(RefreshingAWSCredentials temporary, TimeSpan limit, IClock clock, string source, string? signOnProfile)
    : CachedCredentials(limit, clock, source, signOnProfile)
{
    // Within this time of their end the SDK renews them, in the background where they are still good.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(16);

    protected override async Task<Cached> FetchAsync()
    {
        // While they are still good, the SDK gives these and renews in the background: their end must be read before.
        var before = temporary.Expiration is { } known && known > Clock.UtcNow ? known : (DateTime?)null;
        var credentials = await temporary.GetCredentialsAsync().ConfigureAwait(false);
        var end = before ?? temporary.Expiration ?? DateTime.MaxValue;
        return new Cached(credentials, end > DateTime.MinValue + Margin ? end - Margin : end);
    }
}

/// <summary>What another module's object gives. Only that knows how long it is good, so it is asked before each call.</summary>
internal sealed class KeySourceCredentials(IKeySource keys, TimeSpan limit, IClock clock) : CachedCredentials(limit, clock, keys.Name, null)
{
    protected override async Task<Cached> FetchAsync()
    {
        var (access, secret, token) = await keys.GetKeysAsync().ConfigureAwait(false);
        return new Cached(new ImmutableCredentials(access, secret, token), DateTime.MinValue);
    }
}
