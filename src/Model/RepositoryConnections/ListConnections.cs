using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists connections (API: ListConnections).</summary>
public sealed class ListConnectionsRequest : AppRunnerRequest<ListConnectionsResponse>, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListConnections";

    /// <summary>Only the connection of this name.</summary>
    [Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,31}", "4 to 32 letters, digits, - or _, beginning with a letter or digit")]
    public string? ConnectionName { get; set; }

    /// <summary>Maximum entries per page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}

/// <summary>One page of ListConnections.</summary>
public sealed class ListConnectionsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The connections of this page.</summary>
    public List<ConnectionSummary>? ConnectionSummaryList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
