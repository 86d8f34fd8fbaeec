using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>CreateService: a name that is not taken, within the quota.</summary>
internal sealed class CreateServiceOperation : ApiOperation<CreateServiceRequest, CreateServiceResponse>
{
    /// <inheritdoc/>
    protected override CreateServiceResponse Run(CreateServiceRequest request, OperationContext context)
    {
        var region = context.Region;
        var services = region.Store<ServiceStore>();
        if (services.FindByName(request.ServiceName!) is not null)
            throw new InvalidRequestException($"Service with the provided name already exists: {request.ServiceName}.");
        if (services.Live.Count >= context.Endpoint.ServiceQuota)
            throw new ServiceQuotaExceededException($"The account holds {services.Live.Count} services in {region.Name}; its quota is {context.Endpoint.ServiceQuota}. Delete a service, or ask for a higher quota.");

        var configuration = ServiceSettings.Complete(request, region, context.Endpoint.AccountId);
        var service = services.Create(request.ServiceName!, configuration, request.EncryptionConfiguration, request.Tags, context.Now, out var operationId);
        return new CreateServiceResponse { Service = service.Show(), OperationId = operationId };
    }
}
