using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists VPC ingress connections (API: ListVpcIngressConnections).</summary>
public sealed class ListVpcIngressConnectionsRequest : AppRunnerRequest<ListVpcIngressConnectionsResponse>, IPagedRequest
{
    /// <summary>Most entries of a page.</summary>
    internal const int PageLimit = 100;

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

/// <summary>One page of ListVpcIngressConnections.</summary>
public sealed class ListVpcIngressConnectionsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The VPC ingress connections of this page.</summary>
    public List<VpcIngressConnectionSummary>? VpcIngressConnectionSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}

/// <summary>Which VPC ingress connections are listed (API: ListVpcIngressConnectionsFilter).</summary>
public sealed class ListVpcIngressConnectionsFilter
{
    /// <summary>Only those that lead to this service.</summary>
    [Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>Only those through this endpoint.</summary>
    [Length(0, 51200)]
    public string? VpcEndpointId { get; set; }
}
