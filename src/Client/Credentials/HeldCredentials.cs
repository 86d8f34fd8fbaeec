using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>
/// Temporary credentials, renewed before a call and held for it. The SDK would renew them while it signs, where neither a
/// cancellation nor a time limit reaches.
/// </summary>
internal sealed class HeldCredentials(RefreshingAWSCredentials temporary, TimeSpan limit, IClock clock, string source, string? signOnProfile) : AWSCredentials
{
    // Within this time of their end the SDK renews them, in the background where they are still good.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(16);

    private volatile Held? current;

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

    /// <summary>Renews them where they end soon.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task for the end.</returns>
    /// <exception cref="NoCredentialException">They cannot be had any more, or it took too long.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (current is { } held && held.End - clock.UtcNow > Margin)
            return;
        try
        {
            // While they are still good, the SDK gives these and renews in the background: their end must be read before.
            var end = temporary.Expiration is { } known && known > clock.UtcNow ? known : (DateTime?)null;
            var credentials = await BoundedLookup.RunAsync(temporary.GetCredentialsAsync, limit, clock, cancellationToken).ConfigureAwait(false);
            current = new Held(credentials, end ?? temporary.Expiration ?? DateTime.MaxValue);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Failure(source, signOnProfile, exception);
        }
    }

    private sealed record Held(ImmutableCredentials Credentials, DateTime End);
}
