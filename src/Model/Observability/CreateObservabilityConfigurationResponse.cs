namespace AppRunner.Model;

/// <summary>The answer of CreateObservabilityConfiguration.</summary>
public sealed class CreateObservabilityConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new revision.</summary>
    public ObservabilityConfiguration? ObservabilityConfiguration { get; set; }
}
