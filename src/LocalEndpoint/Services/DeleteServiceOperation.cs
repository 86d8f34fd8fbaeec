using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.VpcIngressConnections;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>DeleteService: a service goes, and its domains with it; it stays describable for a while.</summary>
internal sealed class DeleteServiceOperation : ApiOperation<DeleteServiceRequest, DeleteServiceResponse>
{
    /// <inheritdoc/>
    protected override DeleteServiceResponse Run(DeleteServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "deleted", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        if (context.Region.Store<VpcIngressConnectionStore>().OfService(service.Arn) is { } connection)
            throw new InvalidStateException($"You cannot delete a Service while it has VpcIngressConnections with a status of {connection.Status}. Service Arn: {service.Arn} VpcIngressConnection Arn: {connection.Arn}");
        var operationId = services.Begin(service, OperationType.DeleteService, context.Now);
        return new DeleteServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
