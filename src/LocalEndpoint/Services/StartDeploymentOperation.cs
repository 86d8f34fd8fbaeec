using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>StartDeployment: a running service takes its source's newest version. This operation knows no InvalidStateException.</summary>
internal sealed class StartDeploymentOperation : ApiOperation<StartDeploymentRequest, StartDeploymentResponse>
{
    /// <inheritdoc/>
    protected override StartDeploymentResponse Run(StartDeploymentRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        if (service.Status != ServiceStatus.Running)
            throw new InvalidRequestException($"Can't start a deployment on the specified service, because it isn't in RUNNING state. Its state is {service.Status}.");
        return new StartDeploymentResponse { OperationId = services.Begin(service, OperationType.StartDeployment, context.Now) };
    }
}
