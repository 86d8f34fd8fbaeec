using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Protocol;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>
/// UpdateService: members left out stay as they are. Allowed for a running service, a suspended one (which stays suspended)
/// and one that could not be created (which is built anew).
/// </summary>
internal sealed class UpdateServiceOperation : ApiOperation<UpdateServiceRequest, UpdateServiceResponse>
{
    /// <inheritdoc/>
    protected override UpdateServiceResponse Run(UpdateServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "updated", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed);
        var whole = ServiceSettings.Merge(service, request);
        RequestGuard.Check(whole);
        var operationId = services.Begin(service, OperationType.UpdateService, context.Now, ServiceSettings.Complete(whole, context.Region));
        return new UpdateServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
