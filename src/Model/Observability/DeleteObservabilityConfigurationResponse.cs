namespace AppRunner.Model;

/// <summary>The answer of DeleteObservabilityConfiguration.</summary>
public sealed class DeleteObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration as it was deleted.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
