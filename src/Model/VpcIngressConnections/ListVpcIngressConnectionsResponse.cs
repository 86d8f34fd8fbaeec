using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListVpcIngressConnections.</summary>
public sealed class ListVpcIngressConnectionsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The VPC ingress connections of this page.</summary>
    public List<VpcIngressConnectionSummary>? VpcIngressConnectionSummaryList { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
