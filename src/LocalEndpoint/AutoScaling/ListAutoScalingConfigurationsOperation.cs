using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>ListAutoScalingConfigurations: active ones, in the order of their creation; the latest of each name unless asked otherwise.</summary>
internal sealed class ListAutoScalingConfigurationsOperation : ApiOperation<ListAutoScalingConfigurationsRequest, ListAutoScalingConfigurationsResponse>
{
    /// <inheritdoc/>
    protected override ListAutoScalingConfigurationsResponse Run(ListAutoScalingConfigurationsRequest request, OperationContext context)
    {
        var latestOnly = request.LatestOnly ?? true;
        var configurations = context.Region.Store<AutoScalingConfigurationStore>().Select(request.AutoScalingConfigurationName, latestOnly);
        var page = context.Page(request, $"{request.AutoScalingConfigurationName}/{latestOnly}", ListAutoScalingConfigurationsRequest.PageLimit, configurations.Page, configuration => configuration.ShowSummary());
        return new ListAutoScalingConfigurationsResponse { AutoScalingConfigurationSummaryList = page.Items, NextToken = page.NextToken };
    }
}
