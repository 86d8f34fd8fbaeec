using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListObservabilityConfigurations.</summary>
public sealed class ListObservabilityConfigurationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The configurations of this page.</summary>
    public List<ObservabilityConfigurationSummary>? ObservabilityConfigurationSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
