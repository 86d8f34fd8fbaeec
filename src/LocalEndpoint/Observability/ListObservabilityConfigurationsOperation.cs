using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

/// <summary>ListObservabilityConfigurations: active ones, in the order of their creation; the latest of each name unless asked otherwise.</summary>
internal sealed class ListObservabilityConfigurationsOperation : ApiOperation<ListObservabilityConfigurationsRequest, ListObservabilityConfigurationsResponse>
{
    /// <inheritdoc/>
    protected override ListObservabilityConfigurationsResponse Run(ListObservabilityConfigurationsRequest request, OperationContext context)
    {
        var latestOnly = request.LatestOnly ?? true;
        var configurations = context.Region.Store<ObservabilityConfigurationStore>().Select(request.ObservabilityConfigurationName, latestOnly);
        var page = context.Page(request, $"{request.ObservabilityConfigurationName}/{latestOnly}", ListObservabilityConfigurationsRequest.PageLimit, configurations.Page, configuration => configuration.ShowSummary());
        return new ListObservabilityConfigurationsResponse { ObservabilityConfigurationSummaryList = page.Items, NextToken = page.NextToken };
    }
}
