using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

/// <summary>DeleteObservabilityConfiguration: the latest revision of a name, or one revision.</summary>
internal sealed class DeleteObservabilityConfigurationOperation : ApiOperation<DeleteObservabilityConfigurationRequest, DeleteObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DeleteObservabilityConfigurationResponse Run(DeleteObservabilityConfigurationRequest request, OperationContext context)
    {
        var store = context.Region.Store<ObservabilityConfigurationStore>();
        var configuration = store.FindLive(request.ObservabilityConfigurationArn!);
        store.Delete(configuration, context.Now);
        return new DeleteObservabilityConfigurationResponse { ObservabilityConfiguration = configuration.Show() };
    }
}
