using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

/// <summary>DescribeObservabilityConfiguration: by its whole ARN also one that is deleted, for a while.</summary>
internal sealed class DescribeObservabilityConfigurationOperation : ApiOperation<DescribeObservabilityConfigurationRequest, DescribeObservabilityConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DescribeObservabilityConfigurationResponse Run(DescribeObservabilityConfigurationRequest request, OperationContext context) =>
        new() { ObservabilityConfiguration = context.Region.Store<ObservabilityConfigurationStore>().Find(request.ObservabilityConfigurationArn!).Show() };
}
