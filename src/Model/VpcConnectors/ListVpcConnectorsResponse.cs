using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>One page of ListVpcConnectors.</summary>
public sealed class ListVpcConnectorsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The connectors of this page.</summary>
    public List<VpcConnector>? VpcConnectors { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    public string? NextToken { get; set; }
}
