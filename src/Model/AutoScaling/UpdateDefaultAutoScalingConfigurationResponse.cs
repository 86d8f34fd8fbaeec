namespace AppRunner.Model;

/// <summary>The answer of UpdateDefaultAutoScalingConfiguration.</summary>
public sealed class UpdateDefaultAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The new default.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
