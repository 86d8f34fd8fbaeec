using System.Collections.Generic;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Tracing of a service (API: ServiceObservabilityConfiguration).</summary>
public sealed class ServiceObservabilityConfiguration : ICrossFieldRules
{
    /// <summary>Whether an observability configuration is associated. Required.</summary>
    [Required]
    public bool? ObservabilityEnabled { get; set; }

    /// <summary>The ARN of the observability configuration; with ObservabilityEnabled true only. Without revision: the latest.</summary>
    [Length(1, 1011), Arn("apprunner", "observabilityconfiguration")]
    public string? ObservabilityConfigurationArn { get; set; }

    /// <inheritdoc/>
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (ObservabilityEnabled == false && !string.IsNullOrEmpty(ObservabilityConfigurationArn))
            yield return new Problem("ObservabilityConfigurationArn", "is allowed with ObservabilityEnabled true only.");
    }

    /// <summary>Whether tracing is on, and by which configuration.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        ObservabilityEnabled == true ? "on " + ObservabilityConfigurationArn : "off";
}
