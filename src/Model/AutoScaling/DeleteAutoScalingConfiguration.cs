using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a revision of an auto scaling configuration, or all of a name. Neither the default nor one that a service uses can be deleted (API: DeleteAutoScalingConfiguration).</summary>
public sealed class DeleteAutoScalingConfigurationRequest : AppRunnerRequest<DeleteAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteAutoScalingConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "autoscalingconfiguration")]
    public string? AutoScalingConfigurationArn { get; set; }

    /// <summary>Whether all revisions go; the ARN must then end in <c>/name</c>. Default: false.</summary>
    [Default(false)]
    public bool? DeleteAllRevisions { get; set; }
}

/// <summary>The response of DeleteAutoScalingConfiguration.</summary>
public sealed class DeleteAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The deleted configuration.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
