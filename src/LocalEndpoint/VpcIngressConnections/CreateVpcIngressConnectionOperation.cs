using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>CreateVpcIngressConnection: for a service that is not public and has none. This operation knows no ResourceNotFoundException.</summary>
internal sealed class CreateVpcIngressConnectionOperation : ApiOperation<CreateVpcIngressConnectionRequest, CreateVpcIngressConnectionResponse>
{
    /// <inheritdoc/>
    protected override CreateVpcIngressConnectionResponse Run(CreateVpcIngressConnectionRequest request, OperationContext context)
    {
        var service = context.Region.Store<ServiceStore>().FindReferred(request.ServiceArn!);
        ServiceStateRules.Require(service, "given a VPC ingress connection", ServiceStatus.Running, ServiceStatus.Paused);
        if (service.Configuration.Network.IngressConfiguration!.IsPubliclyAccessible != false)
            throw new InvalidRequestException("The service is publicly accessible. A VPC ingress connection leads to one whose IngressConfiguration.IsPubliclyAccessible is false.");
        return new CreateVpcIngressConnectionResponse { VpcIngressConnection = context.Region.Store<VpcIngressConnectionStore>().Create(service, request, context.Now).Show() };
    }
}
