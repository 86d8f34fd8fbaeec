using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>The one seam between requests and how they reach App Runner.</summary>
public interface IAppRunnerClient
{
    /// <summary>Sends a request and reads its answer.</summary>
    /// <typeparam name="TResponse">The type of the answer.</typeparam>
    /// <param name="request">The request; its class knows the operation.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AppRunnerException">Everything that goes wrong, but cancellation.</exception>
    Task<TResponse> SendAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse;
}
