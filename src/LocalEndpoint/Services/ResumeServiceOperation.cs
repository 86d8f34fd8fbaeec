using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>ResumeService: a suspended service comes back.</summary>
internal sealed class ResumeServiceOperation : ApiOperation<ResumeServiceRequest, ResumeServiceResponse>
{
    /// <inheritdoc/>
    protected override ResumeServiceResponse Run(ResumeServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        var service = services.Find(request.ServiceArn!);
        ServiceStateRules.Require(service, "resumed", ServiceStatus.Paused);
        var operationId = services.Begin(service, OperationType.ResumeService, context.Now);
        return new ResumeServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
