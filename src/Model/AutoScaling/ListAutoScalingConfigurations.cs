using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists active auto scaling configurations (API: ListAutoScalingConfigurations).</summary>
public sealed class ListAutoScalingConfigurationsRequest : AppRunnerRequest<ListAutoScalingConfigurationsResponse>, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListAutoScalingConfigurations";

    /// <summary>Only revisions of this name.</summary>
    [Pattern("[A-Za-z0-9][A-Za-z0-9_-]{3,31}", "4 to 32 letters, digits, - or _, beginning with a letter or digit")]
    public string? AutoScalingConfigurationName { get; set; }

    /// <summary>Whether only the latest revision of each name is listed. Default: true.</summary>
    [Default(true)]
    public bool? LatestOnly { get; set; }

    /// <summary>Maximum entries per page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}

/// <summary>One page of ListAutoScalingConfigurations.</summary>
public sealed class ListAutoScalingConfigurationsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The configurations of this page.</summary>
    public List<AutoScalingConfigurationSummary>? AutoScalingConfigurationSummaryList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
