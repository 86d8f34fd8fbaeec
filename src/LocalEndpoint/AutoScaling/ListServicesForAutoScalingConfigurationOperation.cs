using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>ListServicesForAutoScalingConfiguration: in the order of the services' creation.</summary>
internal sealed class ListServicesForAutoScalingConfigurationOperation : ApiOperation<ListServicesForAutoScalingConfigurationRequest, ListServicesForAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override ListServicesForAutoScalingConfigurationResponse Run(ListServicesForAutoScalingConfigurationRequest request, OperationContext context)
    {
        var configuration = context.Region.Store<AutoScalingConfigurationStore>().FindLive(request.AutoScalingConfigurationArn!);
        var page = context.Page(request, configuration.Arn, ListServicesForAutoScalingConfigurationRequest.PageLimit, configuration.Services.Page, service => service.Arn);
        return new ListServicesForAutoScalingConfigurationResponse { ServiceArnList = page.Items, NextToken = page.NextToken };
    }
}
