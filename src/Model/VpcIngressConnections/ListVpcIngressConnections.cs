using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists VPC ingress connections (API: ListVpcIngressConnections).</summary>
public sealed class ListVpcIngressConnectionsRequest : AppRunnerRequest<ListVpcIngressConnectionsResponse>, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListVpcIngressConnections";

    /// <summary>The filter. Default: all.</summary>
    public ListVpcIngressConnectionsFilter? Filter { get; set; }

    /// <summary>Maximum entries per page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}

/// <summary>One page of ListVpcIngressConnections.</summary>
public sealed class ListVpcIngressConnectionsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The VPC ingress connections of this page.</summary>
    public List<VpcIngressConnectionSummary>? VpcIngressConnectionSummaryList { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>Filters the listed VPC ingress connections (API: ListVpcIngressConnectionsFilter).</summary>
public sealed class ListVpcIngressConnectionsFilter
{
    /// <summary>Only connections to this service.</summary>
    [Length(1, 1011), Arn("apprunner", "service")]
    public string? ServiceArn { get; set; }

    /// <summary>Only connections through this VPC endpoint.</summary>
    [Length(0, 51200)]
    public string? VpcEndpointId { get; set; }
}
