using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads one service (API: DescribeService).</summary>
public sealed class DescribeServiceRequest : AppRunnerRequest<DescribeServiceResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeService";

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }
}

/// <summary>The response of DescribeService.</summary>
public sealed class DescribeServiceResponse : AppRunnerResponse
{
    /// <summary>The service.</summary>
    public Service? Service { get; set; }
}

/// <summary>Reads one service.</summary>
internal static class DescribeServiceExtensions
{
    /// <summary>Reads a service (API: DescribeService).</summary>
    /// <param name="client">The client to call.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service; never null.</returns>
    /// <exception cref="InternalServiceErrorException">The response contains no service.</exception>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public static async Task<Service> DescribeAsync(this IAppRunnerClient client, string serviceArn, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(new DescribeServiceRequest { ServiceArn = serviceArn }, cancellationToken).ConfigureAwait(false);
        return response.Service is { ServiceArn.Length: > 0 } service
            ? service
            : throw new InternalServiceErrorException("The response to DescribeService is incomplete: it has no service.") { RequestId = response.RequestId };
    }
}
