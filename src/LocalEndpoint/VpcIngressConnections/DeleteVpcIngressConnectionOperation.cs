using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>DeleteVpcIngressConnection: one to which nothing is happening; it stays describable for a while.</summary>
internal sealed class DeleteVpcIngressConnectionOperation : ApiOperation<DeleteVpcIngressConnectionRequest, DeleteVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcIngressConnectionResponse Run(DeleteVpcIngressConnectionRequest request, OperationContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.Require(
            "deleted", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate, VpcIngressConnectionStatus.FailedDeletion);
        connections.Delete(connection, context.Now);
        return new DeleteVpcIngressConnectionResponse { VpcIngressConnection = connection.Show() };
    }
}
