using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>DescribeAutoScalingConfiguration: by its whole ARN also one that is deleted, for a while.</summary>
internal sealed class DescribeAutoScalingConfigurationOperation : ApiOperation<DescribeAutoScalingConfigurationRequest, DescribeAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DescribeAutoScalingConfigurationResponse Run(DescribeAutoScalingConfigurationRequest request, OperationContext context) =>
        new() { AutoScalingConfiguration = context.Region.Store<AutoScalingConfigurationStore>().Find(request.AutoScalingConfigurationArn!).Show() };
}
