using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListServicesForAutoScalingConfiguration.</summary>
public sealed class ListServicesForAutoScalingConfigurationResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The ARNs of the services of this page.</summary>
    public List<string>? ServiceArnList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
