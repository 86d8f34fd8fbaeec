using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the services of account and region (API: ListServices).</summary>
public sealed class ListServicesRequest : AppRunnerRequest<ListServicesResponse>, IPagedRequest
{
    /// <summary>Most services of a page.</summary>
    internal const int PageLimit = 20;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListServices";

    /// <summary>Where the last page ended.</summary>
    [Length(0, 51200)]
    public string? NextToken { get; set; }

    /// <summary>Most services of a page, 1 to 20.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }
}

/// <summary>One page of ListServices.</summary>
public sealed class ListServicesResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The services of this page.</summary>
    public List<ServiceSummary>? ServiceSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
