using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.AutoScaling;

/// <summary>Sets the default auto scaling configuration of new services (API: UpdateDefaultAutoScalingConfiguration). Existing services are unchanged.</summary>
[Cmdlet(VerbsCommon.Set, "ARDefaultAutoScalingConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AutoScalingConfiguration))]
public sealed class SetDefaultAutoScalingConfigurationCommand : RemoteCommand<string>
{
    /// <summary>The configuration: a name (its latest revision), <c>name/revision</c>, an ARN, or an object with AutoScalingConfigurationArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AutoScalingConfigurationArn", "AutoScalingConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.AutoScalingConfiguration))]
    [ArgumentCompleter(typeof(AutoScalingConfigurationNameCompleter))]
    public ResourceIdentity[] AutoScalingConfiguration { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(AutoScalingConfiguration, ResourceKind.AutoScalingConfiguration, Region, configuration =>
    {
        var request = new UpdateDefaultAutoScalingConfigurationRequest { AutoScalingConfigurationArn = configuration.Arn };
        Requests.Send(request, Confirmation.TargetOf(configuration), "Set as default", configuration.Connection, response => WriteResource(RequestSender.RequireResult(response.AutoScalingConfiguration, request, response)));
    });
}
