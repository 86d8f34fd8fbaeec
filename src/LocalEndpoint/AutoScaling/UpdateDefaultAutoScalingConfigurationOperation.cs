using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>UpdateDefaultAutoScalingConfiguration: services that are created from now on get it where they name none.</summary>
internal sealed class UpdateDefaultAutoScalingConfigurationOperation : ApiOperation<UpdateDefaultAutoScalingConfigurationRequest, UpdateDefaultAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override UpdateDefaultAutoScalingConfigurationResponse Run(UpdateDefaultAutoScalingConfigurationRequest request, OperationContext context)
    {
        var store = context.Region.Store<AutoScalingConfigurationStore>();
        var configuration = store.FindLive(request.AutoScalingConfigurationArn!);
        store.MakeDefault(configuration);
        return new UpdateDefaultAutoScalingConfigurationResponse { AutoScalingConfiguration = configuration.Show() };
    }
}
