using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists active VPC connectors (API: ListVpcConnectors).</summary>
public sealed class ListVpcConnectorsRequest : AppRunnerRequest<ListVpcConnectorsResponse>, IPagedRequest
{
    /// <summary>Maximum entries per page.</summary>
    internal const int PageLimit = 100;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListVpcConnectors";

    /// <summary>Maximum entries per page, 1 to 100. Default: 100.</summary>
    [Range(1, PageLimit)]
    public int? MaxResults { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [Length(1, 1024)]
    public string? NextToken { get; set; }
}

/// <summary>One page of ListVpcConnectors.</summary>
public sealed class ListVpcConnectorsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The connectors of this page.</summary>
    public List<VpcConnector>? VpcConnectors { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextToken { get; set; }
}
