using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>ListVpcIngressConnections: in the order of their creation; of a service or an endpoint that has none, none.</summary>
internal sealed class ListVpcIngressConnectionsOperation : ApiOperation<ListVpcIngressConnectionsRequest, ListVpcIngressConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcIngressConnectionsResponse Run(ListVpcIngressConnectionsRequest request, OperationContext context)
    {
        var (service, endpoint) = (request.Filter?.ServiceArn, request.Filter?.VpcEndpointId);
        var connections = context.Region.Store<VpcIngressConnectionStore>().Select(service, endpoint);
        var page = context.Page(request, $"{service}/{endpoint}", ListVpcIngressConnectionsRequest.PageLimit, connections.Page, connection => connection.ShowSummary());
        return new ListVpcIngressConnectionsResponse { VpcIngressConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}
