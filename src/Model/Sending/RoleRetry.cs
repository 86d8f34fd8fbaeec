using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>
/// Sends a request again while App Runner cannot assume its role: IAM is eventually consistent, and a role that was created a moment ago
/// is not visible yet. A request that is refused for its role has had no effect.
/// </summary>
internal sealed class RoleRetry(IAppRunnerClient client, IClock clock, Action<string>? report)
{
    /// <summary>How long a role that cannot be assumed is tried again.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    /// <summary>Sends a request, again with growing delays while its role cannot be assumed.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="AppRunnerException">Any other failure, and this one once the time is over.</exception>
    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var deadline = clock.UtcNow + Timeout;
        for (var delay = FirstDelay; ; delay = Min(delay + delay, LongestDelay))
        {
            try
            {
                return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (AppRunnerServiceException refused) when (refused.ErrorId == ErrorIds.AccessRoleNotAssumable && clock.UtcNow + delay <= deadline)
            {
                report?.Invoke($"App Runner cannot assume the role yet (a new IAM role takes a while to become visible); trying again in {delay.TotalSeconds:0} s: {refused.Message}");
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
