using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Makes an auto scaling configuration the one that new services get where they name none (API: UpdateDefaultAutoScalingConfiguration).</summary>
public sealed class UpdateDefaultAutoScalingConfigurationRequest : AppRunnerRequest<UpdateDefaultAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "UpdateDefaultAutoScalingConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The ARN; ending in <c>/name/revision</c> or <c>/name</c> it may leave out the rest, and the latest revision is meant. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }
}

/// <summary>The response of UpdateDefaultAutoScalingConfiguration.</summary>
public sealed class UpdateDefaultAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new default.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
