using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>PauseService: a running service lets its instances go.</summary>
internal sealed class PauseServiceOperation : ApiOperation<PauseServiceRequest, PauseServiceResponse>
{
    /// <inheritdoc/>
    protected override PauseServiceResponse Run(PauseServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "paused", ServiceStatus.Running);
        var operationId = services.Begin(service, OperationType.PauseService, context.Now);
        return new PauseServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
