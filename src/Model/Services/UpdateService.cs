using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Changes a service (API: UpdateService). Members left out stay as they are; name, encryption and kind of source cannot be changed.</summary>
public sealed class UpdateServiceRequest : AppRunnerRequest<UpdateServiceResponse>, IServiceArnRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "UpdateService";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The service's ARN. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>What to deploy; the same kind of source as before.</summary>
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>Size and role of the instances.</summary>
    public InstanceConfiguration? InstanceConfiguration { get; set; }

    /// <summary>The ARN of an auto scaling configuration; without revision the latest.</summary>
    [Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Health check.</summary>
    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    /// <summary>Network settings.</summary>
    public NetworkConfiguration? NetworkConfiguration { get; set; }

    /// <summary>Tracing.</summary>
    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}

/// <summary>The response of UpdateService.</summary>
public sealed class UpdateServiceResponse : AppRunnerResponse, IServiceResponse
{
    /// <summary>The service after the request.</summary>
    public Service? Service { get; set; }

    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}
