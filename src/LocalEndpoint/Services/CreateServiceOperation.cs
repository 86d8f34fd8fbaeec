using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>CreateService: a name that is not taken, within the quota.</summary>
internal sealed class CreateServiceOperation : ApiOperation<CreateServiceRequest, CreateServiceResponse>
{
    /// <inheritdoc/>
    protected override CreateServiceResponse Run(CreateServiceRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>();
        services.RequireFree(request.ServiceName!);
        services.RequireRoom(context.Endpoint.ServiceQuota);
        var configuration = ServiceSettings.Complete(request, context.Region);
        var service = services.Create(request.ServiceName!, configuration, request.EncryptionConfiguration, request.Tags, context.Now, out var operationId);
        return new CreateServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
