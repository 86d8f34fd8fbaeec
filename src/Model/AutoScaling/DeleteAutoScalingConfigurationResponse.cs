namespace AppRunner.Model;

/// <summary>The answer of DeleteAutoScalingConfiguration.</summary>
public sealed class DeleteAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration as it was deleted.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
