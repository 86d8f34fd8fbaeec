using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>DeleteService: a service goes; it stays describable for a while.</summary>
internal sealed class DeleteServiceOperation : ApiOperation<DeleteServiceRequest, DeleteServiceResponse>
{
    /// <inheritdoc/>
    protected override DeleteServiceResponse Run(DeleteServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "deleted", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        var operationId = services.Begin(service, OperationType.DeleteService, context.Now);
        return new DeleteServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
