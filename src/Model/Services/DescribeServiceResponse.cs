namespace AppRunner.Model;

/// <summary>The answer of DescribeService.</summary>
public sealed class DescribeServiceResponse : AppRunnerResponse
{
    /// <summary>The service.</summary>
    public Service? Service { get; set; }
}
