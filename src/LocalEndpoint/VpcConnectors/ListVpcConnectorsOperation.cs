using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

/// <summary>ListVpcConnectors: active ones, in the order of their creation.</summary>
internal sealed class ListVpcConnectorsOperation : ApiOperation<ListVpcConnectorsRequest, ListVpcConnectorsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcConnectorsResponse Run(ListVpcConnectorsRequest request, OperationContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>().Live;
        var page = context.Page(request, string.Empty, ListVpcConnectorsRequest.PageLimit, connectors.Page, connector => connector.Show());
        return new ListVpcConnectorsResponse { VpcConnectors = page.Items, NextToken = page.NextToken };
    }
}
