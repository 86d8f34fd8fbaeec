using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListServices.</summary>
public sealed class ListServicesResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The services of this page.</summary>
    public List<ServiceSummary>? ServiceSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
