using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateVpcConnector: a name that no active connector has.</summary>
internal sealed class CreateVpcConnectorHandler : ApiHandler<CreateVpcConnectorRequest, CreateVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcConnectorResponse Handle(CreateVpcConnectorRequest request, HandlerContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Create(request, context.Now).Show() };
}

/// <summary>DescribeVpcConnector: also of one that is deleted, for a while. The API wants the whole ARN.</summary>
internal sealed class DescribeVpcConnectorHandler : ApiHandler<DescribeVpcConnectorRequest, DescribeVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcConnectorResponse Handle(DescribeVpcConnectorRequest request, HandlerContext context) =>
        new() { VpcConnector = context.Region.Store<VpcConnectorStore>().Find(request.VpcConnectorArn!).Show() };
}

/// <summary>ListVpcConnectors: active ones, in the order of their creation.</summary>
internal sealed class ListVpcConnectorsHandler : ApiHandler<ListVpcConnectorsRequest, ListVpcConnectorsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcConnectorsResponse Handle(ListVpcConnectorsRequest request, HandlerContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>().Live;
        var page = context.Page(request, string.Empty, ListVpcConnectorsRequest.PageLimit, connectors.Page, connector => connector.Show());
        return new ListVpcConnectorsResponse { VpcConnectors = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>DeleteVpcConnector: one that no service uses. The API wants the whole ARN.</summary>
internal sealed class DeleteVpcConnectorHandler : ApiHandler<DeleteVpcConnectorRequest, DeleteVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcConnectorResponse Handle(DeleteVpcConnectorRequest request, HandlerContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>();
        var connector = connectors.FindLive(request.VpcConnectorArn!);
        connectors.Delete(connector, context.Now);
        return new DeleteVpcConnectorResponse { VpcConnector = connector.Show() };
    }
}
