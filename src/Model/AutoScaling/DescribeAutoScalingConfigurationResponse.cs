namespace AppRunner.Model;

/// <summary>The answer of DescribeAutoScalingConfiguration.</summary>
public sealed class DescribeAutoScalingConfigurationResponse : AppRunnerResponse
{
    /// <summary>The configuration.</summary>
    public AutoScalingConfiguration? AutoScalingConfiguration { get; set; }
}
