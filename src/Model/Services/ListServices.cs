using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the services of account and region (API: ListServices).</summary>
public sealed class ListServicesRequest : AppRunnerRequest<ListServicesResponse>, IPagedRequest
{
    /// <summary>Maximum services per page.</summary>
    internal const int PageLimit = 20;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListServices";

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(0, 51200)]
    public string? NextToken { get; set; }

    /// <summary>Maximum services per page, 1 to 20.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }
}

/// <summary>One page of ListServices.</summary>
public sealed class ListServicesResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The services of this page.</summary>
    public List<ServiceSummary>? ServiceSummaryList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
