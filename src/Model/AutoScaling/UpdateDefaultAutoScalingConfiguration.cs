using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Makes an auto scaling configuration the default of new services (API: UpdateDefaultAutoScalingConfiguration).</summary>
public sealed class UpdateDefaultAutoScalingConfigurationRequest : AppRunnerRequest<UpdateDefaultAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "UpdateDefaultAutoScalingConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }
}

/// <summary>The response of UpdateDefaultAutoScalingConfiguration.</summary>
public sealed class UpdateDefaultAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new default.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
