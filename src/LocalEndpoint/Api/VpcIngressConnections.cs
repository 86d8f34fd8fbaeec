using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>CreateVpcIngressConnection: for a service that is not public and has none. This operation knows no ResourceNotFoundException.</summary>
internal sealed class CreateVpcIngressConnectionHandler : ApiHandler<CreateVpcIngressConnectionRequest, CreateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcIngressConnectionResponse Handle(CreateVpcIngressConnectionRequest request, HandlerContext context)
    {
        var service = context.Region.Store<ServiceStore>().FindReferred(request.ServiceArn!);
        ServiceStateRules.Require(service, "given a VPC ingress connection", ServiceStatus.Running, ServiceStatus.Paused);
        if (service.Configuration.Network.IngressConfiguration!.IsPubliclyAccessible != false)
            throw new InvalidRequestException("The service is publicly accessible. A VPC ingress connection leads to one whose IngressConfiguration.IsPubliclyAccessible is false.");
        return new CreateVpcIngressConnectionResponse { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Create(service, request, context.Now).Show() };
    }
}

/// <summary>DescribeVpcIngressConnection: also of one that is deleted, for a while.</summary>
internal sealed class DescribeVpcIngressConnectionHandler : ApiHandler<DescribeVpcIngressConnectionRequest, DescribeVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DescribeVpcIngressConnectionResponse Handle(DescribeVpcIngressConnectionRequest request, HandlerContext context) =>
        new() { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Find(request.VpcIngressConnectionArn!).Show() };
}

/// <summary>ListVpcIngressConnections: in the order of their creation; of a service or an endpoint that has none, none.</summary>
internal sealed class ListVpcIngressConnectionsHandler : ApiHandler<ListVpcIngressConnectionsRequest, ListVpcIngressConnectionsResponse>
{
    /// <inheritdoc/>
    protected override ListVpcIngressConnectionsResponse Handle(ListVpcIngressConnectionsRequest request, HandlerContext context)
    {
        var (service, endpoint) = (request.Filter?.ServiceArn, request.Filter?.VpcEndpointId);
        var connections = context.Region.Store<VpcIngressConnectionStore>().Select(service, endpoint);
        var page = context.Page(request, $"{service}/{endpoint}", ListVpcIngressConnectionsRequest.PageLimit, connections.Page, connection => connection.ShowSummary());
        return new ListVpcIngressConnectionsResponse { VpcIngressConnectionSummaryList = page.Items, NextToken = page.NextToken };
    }
}

/// <summary>UpdateVpcIngressConnection: another VPC endpoint for one that is usable, or that could not be created or updated.</summary>
internal sealed class UpdateVpcIngressConnectionHandler : ApiHandler<UpdateVpcIngressConnectionRequest, UpdateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override UpdateVpcIngressConnectionResponse Handle(UpdateVpcIngressConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.Require("updated", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate);
        connections.Update(connection, request.IngressVpcConfiguration!, context.Now);
        return new UpdateVpcIngressConnectionResponse { VpcIngressConnection = connection.Show() };
    }
}

/// <summary>DeleteVpcIngressConnection: one to which nothing is happening; it stays describable for a while.</summary>
internal sealed class DeleteVpcIngressConnectionHandler : ApiHandler<DeleteVpcIngressConnectionRequest, DeleteVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override DeleteVpcIngressConnectionResponse Handle(DeleteVpcIngressConnectionRequest request, HandlerContext context)
    {
        var connections = context.Region.Store<VpcIngressConnectionStore>();
        var connection = connections.Find(request.VpcIngressConnectionArn!);
        connection.Require(
            "deleted", VpcIngressConnectionStatus.Available, VpcIngressConnectionStatus.FailedCreation, VpcIngressConnectionStatus.FailedUpdate, VpcIngressConnectionStatus.FailedDeletion);
        connections.Delete(connection, context.Now);
        return new DeleteVpcIngressConnectionResponse { VpcIngressConnection = connection.Show() };
    }
}
