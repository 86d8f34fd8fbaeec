using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A request of CloudWatch Logs, where App Runner keeps the logs of services.</summary>
/// <typeparam name="TResponse">The API's response shape.</typeparam>
public abstract class LogsRequest<TResponse> : AppRunnerRequest<TResponse>
    where TResponse : AppRunnerResponse
{
    private protected LogsRequest()
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override string TargetPrefix => LogsApi.TargetPrefix;
}
