using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Deletes a revision of an observability configuration that no service uses (API: DeleteObservabilityConfiguration).</summary>
public sealed class DeleteObservabilityConfigurationRequest : AppRunnerRequest<DeleteObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DeleteObservabilityConfiguration";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "observabilityconfiguration")]
    public string? ObservabilityConfigurationArn { get; set; }
}

/// <summary>The response of DeleteObservabilityConfiguration.</summary>
public sealed class DeleteObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The deleted configuration.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
