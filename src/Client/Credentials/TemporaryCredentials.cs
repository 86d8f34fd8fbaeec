using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using AppRunner.Model;

namespace AppRunner.Client.Credentials;

/// <summary>What the SDK renews: signed-on users, assumed roles, containers, machines.</summary>
internal sealed class TemporaryCredentials(RefreshingAWSCredentials temporary, TimeSpan limit, IClock clock, string source, string? signOnProfile)
    : HeldCredentials(limit, clock, source, signOnProfile)
{
    // Within this time of their end the SDK renews them, in the background where they are still good.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(16);

    protected override async Task<Held> FetchAsync()
    {
        // While they are still good, the SDK gives these and renews in the background: their end must be read before.
        var before = temporary.Expiration is { } known && known > Clock.UtcNow ? known : (DateTime?)null;
        var credentials = await temporary.GetCredentialsAsync().ConfigureAwait(false);
        var end = before ?? temporary.Expiration ?? DateTime.MaxValue;
        return new Held(credentials, end > DateTime.MinValue + Margin ? end - Margin : end);
    }
}
