using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateVpcIngressConnection: the service must not be public, and not have one yet. The API does not define ResourceNotFoundException for this operation.</summary>
internal sealed class CreateVpcIngressConnectionHandler : ApiHandler<CreateVpcIngressConnectionRequest, CreateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcIngressConnectionResponse Handle(CreateVpcIngressConnectionRequest request, HandlerContext context)
    {
        var service = context.Region.Store<ServiceStore>().FindReferenced(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "given a VPC ingress connection", ServiceStatus.Running, ServiceStatus.Paused);
        if (service.Configuration.Network.IngressConfiguration!.IsPubliclyAccessible != false)
            throw new InvalidRequestException("The service is publicly accessible. A VPC ingress connection requires a service whose IngressConfiguration.IsPubliclyAccessible is false.");
        return new CreateVpcIngressConnectionResponse { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Create(service, request, context.Now).ToShape() };
    }
}

/// <summary>DescribeVpcIngressConnection: also a deleted one, for an hour.</summary>
internal sealed class DescribeVpcIngressConnectionHandler : ApiHandler<DescribeVpcIngressConnectionRequest, DescribeVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcIngressConnectionResponse Handle(DescribeVpcIngressConnectionRequest request, HandlerContext context) =>
        new() { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Find(request.VpcIngressConnectionArn!).ToShape() };
}

/// <summary>ListVpcIngressConnections: in creation order, filtered by service and VPC endpoint.</summary>
internal sealed class ListVpcIngressConnectionsHandler : ApiHandler<ListVpcIngressConnectionsRequest, ListVpcIngressConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcIngressConnectionsResponse Handle(ListVpcIngressConnectionsRequest request, HandlerContext context)
    {
        var (service, endpoint) = (request.Filter?.ServiceArn, request.Filter?.VpcEndpointId);
        var connections = context.Region.Store<VpcIngressConnectionStore>().Select(service, endpoint);
        var page = context.Page(request, $"{service}/{endpoint}", ListVpcIngressConnectionsRequest.PageLimit, connections.Page, connection => connection.ToSummary());
        return new ListVpcIngressConnectionsResponse { VpcIngressConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>UpdateVpcIngressConnection: changes the VPC endpoint of a connection that is available, or whose creation or update failed.</summary>
internal sealed class UpdateVpcIngressConnectionHandler : ApiHandler<UpdateVpcIngressConnectionRequest, UpdateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override UpdateVpcIngressConnectionResponse Handle(UpdateVpcIngressConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.RequireStatus("updated", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate);
        connections.Update(connection, request.IngressVpcConfiguration!, context.Now);
        return new UpdateVpcIngressConnectionResponse { VpcIngressConnection = connection.ToShape() };
    }
}

/// <summary>DeleteVpcIngressConnection: rejected while another operation runs; it can be described for another hour.</summary>
internal sealed class DeleteVpcIngressConnectionHandler : ApiHandler<DeleteVpcIngressConnectionRequest, DeleteVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcIngressConnectionResponse Handle(DeleteVpcIngressConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.RequireStatus(
            "deleted", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate, VpcIngressConnectionStatus.FailedDeletion);
        connections.Delete(connection, context.Now);
        return new DeleteVpcIngressConnectionResponse { VpcIngressConnection = connection.ToShape() };
    }
}
