using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListConnections.</summary>
public sealed class ListConnectionsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The connections of this page.</summary>
    public List<ConnectionSummary>? ConnectionSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
