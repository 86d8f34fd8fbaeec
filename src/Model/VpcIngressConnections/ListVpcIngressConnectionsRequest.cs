using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists VPC ingress connections (API: ListVpcIngressConnections).</summary>
public sealed class ListVpcIngressConnectionsRequest : AppRunnerRequest<ListVpcIngressConnectionsResponse>, IPagedRequest
{
    /// <summary>Most entries of a page.</summary>
    public const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListVpcIngressConnections";

    /// <summary>Which. Default: all.</summary>
    public ListVpcIngressConnectionsFilter? Filter { get; set; }

    /// <summary>Most entries of a page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>Where the last page ended.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}
