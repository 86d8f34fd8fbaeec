using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>UpdateVpcIngressConnection: another VPC endpoint for one that is usable, or that could not be created or updated.</summary>
internal sealed class UpdateVpcIngressConnectionOperation : ApiOperation<UpdateVpcIngressConnectionRequest, UpdateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override UpdateVpcIngressConnectionResponse Run(UpdateVpcIngressConnectionRequest request, OperationContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.Require("updated", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate);
        connections.Update(connection, request.IngressVpcConfiguration!, context.Now);
        return new UpdateVpcIngressConnectionResponse { VpcIngressConnection = connection.Show() };
    }
}
