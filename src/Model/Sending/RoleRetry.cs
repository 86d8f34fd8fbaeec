using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>
/// Retries a request while App Runner cannot assume its role: IAM is eventually consistent, and a new role is not visible at once. A
/// request that is refused because of its role has no effect.
/// </summary>
internal sealed class RoleRetry(IAppRunnerClient client, IClock clock, Action<string>? report)
{
    /// <summary>The time limit of the retries.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(15);

    /// <summary>Sends a request, with retries and growing delays while its role cannot be assumed.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="AppRunnerException">Any other failure, or this one after the time limit.</exception>
    public async Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var deadline = clock.UtcNow + Timeout;
        var mayHaveTakenEffect = false;
        for (var delay = FirstDelay; ; delay = Min(delay + delay, MaxDelay))
        {
            try
            {
                return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (AppRunnerServiceException refused) when (refused.ErrorId == ErrorIds.AccessRoleNotAssumable && clock.UtcNow + delay <= deadline)
            {
                mayHaveTakenEffect |= refused.MayHaveTakenEffect;
                report?.Invoke($"App Runner cannot assume the role yet (a new IAM role takes a while to become visible); trying again in {delay.TotalSeconds:0} s: {refused.Message}");
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
            catch (AppRunnerServiceException failed) when (mayHaveTakenEffect)
            {
                // An attempt before a refusal had a 5xx response.
                failed.MayHaveTakenEffect = true;
                throw;
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
