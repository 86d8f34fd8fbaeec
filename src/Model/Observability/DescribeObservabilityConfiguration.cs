using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads one revision of an observability configuration (API: DescribeObservabilityConfiguration).</summary>
public sealed class DescribeObservabilityConfigurationRequest : AppRunnerRequest<DescribeObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeObservabilityConfiguration";

    /// <summary>The full ARN, or one that ends in <c>/name/revision</c> or <c>/name</c>, which means the latest revision. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner", "observabilityconfiguration")]
    public string? ObservabilityConfigurationArn { get; set; }
}

/// <summary>The response of DescribeObservabilityConfiguration.</summary>
public sealed class DescribeObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
