namespace AppRunner.Model;

/// <summary>The answer of CreateAutoScalingConfiguration.</summary>
public sealed class CreateAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new revision.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
