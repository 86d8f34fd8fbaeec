using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

/// <summary>CreateObservabilityConfiguration: a new name, or the next revision of one that exists.</summary>
internal sealed class CreateObservabilityConfigurationOperation : ApiOperation<CreateObservabilityConfigurationRequest, CreateObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override CreateObservabilityConfigurationResponse Run(CreateObservabilityConfigurationRequest request, OperationContext context) =>
        new() { ObservabilityConfiguration = context.Region.Store<ObservabilityConfigurationStore>().Create(request, context.Now).Show() };
}
