using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads one revision of an auto scaling configuration (API: DescribeAutoScalingConfiguration).</summary>
public sealed class DescribeAutoScalingConfigurationRequest : AppRunnerRequest<DescribeAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeAutoScalingConfiguration";

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }
}

/// <summary>The response of DescribeAutoScalingConfiguration.</summary>
public sealed class DescribeAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
