using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>DeleteAutoScalingConfiguration: the latest revision of a name, one revision, or all of a name. The answer for all of them shows the latest.</summary>
internal sealed class DeleteAutoScalingConfigurationOperation : ApiOperation<DeleteAutoScalingConfigurationRequest, DeleteAutoScalingConfigurationResponse>
{
    /// <inheritdoc/>
    protected override DeleteAutoScalingConfigurationResponse Run(DeleteAutoScalingConfigurationRequest request, OperationContext context)
    {
        var store = context.Region.Store<AutoScalingConfigurationStore>();
        var configuration = store.FindLive(request.AutoScalingConfigurationArn!);
        var all = request.DeleteAllRevisions == true;
        if (all && !(Arn.TryParse(request.AutoScalingConfigurationArn, out var arn) && arn.ResourcePath == configuration.Name))
            throw new InvalidRequestException($"With DeleteAllRevisions the ARN must end with the configuration's name: {request.AutoScalingConfigurationArn}");
        store.Delete(all ? store.Revisions(configuration.Name).ToArray() : [configuration], context.Now);
        return new DeleteAutoScalingConfigurationResponse { AutoScalingConfiguration = configuration.Show() };
    }
}
