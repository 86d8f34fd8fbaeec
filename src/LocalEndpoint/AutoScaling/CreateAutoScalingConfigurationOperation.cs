using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>CreateAutoScalingConfiguration: a new name, or the next revision of one that exists.</summary>
internal sealed class CreateAutoScalingConfigurationOperation : ApiOperation<CreateAutoScalingConfigurationRequest, CreateAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override CreateAutoScalingConfigurationResponse Run(CreateAutoScalingConfigurationRequest request, OperationContext context) =>
        new() { AutoScalingConfiguration = context.Region.Store<AutoScalingConfigurationStore>().Create(request, context.Now).Show() };
}
