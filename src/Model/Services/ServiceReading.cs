using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>Reads one service.</summary>
public static class ServiceReading
{
    /// <summary>Asks for a service (API: DescribeService).</summary>
    /// <param name="client">Where to ask.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service; never null.</returns>
    /// <exception cref="InternalServiceErrorException">The answer holds no service.</exception>
    /// <exception cref="AppRunnerException">What the service said.</exception>
    public static async Task<Service> DescribeAsync(this IAppRunnerClient client, string serviceArn, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(new DescribeServiceRequest { ServiceArn = serviceArn }, cancellationToken).ConfigureAwait(false);
        return answer.Service ?? throw new InternalServiceErrorException("DescribeService was answered without a service.") { RequestId = answer.RequestId };
    }
}
