using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateVpcConnector: the name must not be used by an active connector.</summary>
internal sealed class CreateVpcConnectorHandler : ApiHandler<CreateVpcConnectorRequest, CreateVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcConnectorResponse Handle(CreateVpcConnectorRequest request, HandlerContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Create(request, context.Now).ToShape() };
}

/// <summary>DescribeVpcConnector: also a deleted one, for an hour. The API requires the full ARN.</summary>
internal sealed class DescribeVpcConnectorHandler : ApiHandler<DescribeVpcConnectorRequest, DescribeVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcConnectorResponse Handle(DescribeVpcConnectorRequest request, HandlerContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Find(request.VpcConnectorArn!).ToShape() };
}

/// <summary>ListVpcConnectors: active ones in creation order.</summary>
internal sealed class ListVpcConnectorsHandler : ApiHandler<ListVpcConnectorsRequest, ListVpcConnectorsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcConnectorsResponse Handle(ListVpcConnectorsRequest request, HandlerContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>().Live;
        var page = context.Page(request, string.Empty, ListVpcConnectorsRequest.PageLimit, connectors.Page, connector => connector.ToShape());
        return new ListVpcConnectorsResponse { VpcConnectors = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DeleteVpcConnector: rejected if a service uses it. The API requires the full ARN.</summary>
internal sealed class DeleteVpcConnectorHandler : ApiHandler<DeleteVpcConnectorRequest, DeleteVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcConnectorResponse Handle(DeleteVpcConnectorRequest request, HandlerContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>();
        var connector = connectors.FindLive(request.VpcConnectorArn!);
        connectors.Delete(connector, context.Now);
        return new DeleteVpcConnectorResponse { VpcConnector = connector.ToShape() };
    }
}
