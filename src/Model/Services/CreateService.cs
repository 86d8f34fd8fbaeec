using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Creates a service and deploys it (API: CreateService). There is no idempotency token.</summary>
public class CreateServiceRequest : AppRunnerRequest<CreateServiceResponse>, ICrossFieldRules
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "CreateService";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The name, 4 to 40 letters, digits, - or _, unique among the running services of account and region. Required.</summary>
    [Required, Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,39}", "4 to 40 letters, digits, - or _, beginning with a letter or digit")]
    public string? ServiceName { get; set; }

    /// <summary>What to deploy. Required.</summary>
    [Required]
    public SourceConfiguration? SourceConfiguration { get; set; }

    /// <summary>Size and role of the instances. Default: 1 vCPU, 2 GB, no role.</summary>
    [Default]
    public InstanceConfiguration? InstanceConfiguration { get; set; }

    /// <summary>Tags, at most 50.</summary>
    [Tags]
    public List<Tag>? Tags { get; set; }

    /// <summary>The encryption key. Default: App Runner's key.</summary>
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    /// <summary>Health check. Default: TCP every 5 s.</summary>
    [Default]
    public HealthCheckConfiguration? HealthCheckConfiguration { get; set; }

    /// <summary>The ARN of an auto scaling configuration; without revision the latest. Default: the region's default configuration.</summary>
    [Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Network settings. Default: public ingress, default egress.</summary>
    [Default]
    public NetworkConfiguration? NetworkConfiguration { get; set; }

    /// <summary>Tracing. Default: off.</summary>
    public ServiceObservabilityConfiguration? ObservabilityConfiguration { get; set; }

    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (RunSettingRules.RoleForSecrets(SourceConfiguration, InstanceConfiguration) is { } problem)
            yield return problem;
    }
}

/// <summary>The response of CreateService.</summary>
public sealed class CreateServiceResponse : AppRunnerResponse, IServiceResponse
{
    /// <summary>The service after the request.</summary>
    public Service? Service { get; set; }

    /// <summary>The id of the operation that was started.</summary>
    public string? OperationId { get; set; }
}

/// <summary>The key for the copy of the source and the logs (API: EncryptionConfiguration). It is set at creation and cannot be changed.</summary>
public sealed class EncryptionConfiguration
{
    /// <summary>The ARN of a KMS key, at most 256 characters. Required. Default: App Runner's key.</summary>
    [Required, Length(0, 256), Arn("kms", "key")]
    public string? KmsKey { get; set; }

    /// <summary>The key.</summary>
    /// <returns>An ARN.</returns>
    public override string ToString() =>
        KmsKey ?? string.Empty;
}
