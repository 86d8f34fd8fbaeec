namespace AppRunner.Model;

/// <summary>The answer of DescribeObservabilityConfiguration.</summary>
public sealed class DescribeObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
