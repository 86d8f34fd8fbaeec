using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

/// <summary>DeleteVpcConnector: one that no service uses. The API wants the whole ARN.</summary>
internal sealed class DeleteVpcConnectorOperation : ApiOperation<DeleteVpcConnectorRequest, DeleteVpcConnectorResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcConnectorResponse Run(DeleteVpcConnectorRequest request, OperationContext context)
    {
        var connectors = context.Region.Store<VpcConnectorStore>();
        var connector = connectors.FindLive(request.VpcConnectorArn!);
        connectors.Delete(connector, context.Now);
        return new DeleteVpcConnectorResponse { VpcConnector = connector.Show() };
    }
}
