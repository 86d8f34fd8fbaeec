using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListAutoScalingConfigurations.</summary>
public sealed class ListAutoScalingConfigurationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The configurations of this page.</summary>
    public List<AutoScalingConfigurationSummary>? AutoScalingConfigurationSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
