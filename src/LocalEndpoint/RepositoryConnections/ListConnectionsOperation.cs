using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>ListConnections: in the order of their creation.</summary>
internal sealed class ListConnectionsOperation : ApiOperation<ListConnectionsRequest, ListConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListConnectionsResponse Run(ListConnectionsRequest request, OperationContext context)
    {
        var connections = context.Region.Store<ConnectionStore>().Select(request.ConnectionName);
        var page = context.Page(request, request.ConnectionName ?? string.Empty, ListConnectionsRequest.PageLimit, connections.Page, connection => connection.ShowSummary());
        return new ListConnectionsResponse { ConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}
