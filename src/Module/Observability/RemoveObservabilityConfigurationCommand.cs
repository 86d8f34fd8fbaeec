using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Observability;

/// <summary>Deletes observability configurations (API: DeleteObservabilityConfiguration). Fails if a service uses it.</summary>
[Cmdlet(VerbsCommon.Remove, "ARObservabilityConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ObservabilityConfiguration))]
public sealed class RemoveObservabilityConfigurationCommand : RemoteCommand<string>
{
    /// <summary>The configurations: names (their latest revision), <c>name/revision</c>, ARNs, or objects with ObservabilityConfigurationArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ObservabilityConfigurationArn", "ObservabilityConfigurationName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.ObservabilityConfiguration))]
    [ArgumentCompleter(typeof(ObservabilityConfigurationNameCompleter))]
    public ResourceIdentity[] ObservabilityConfiguration { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(ObservabilityConfiguration, ResourceKind.ObservabilityConfiguration, Region, resource =>
    {
        var request = new DeleteObservabilityConfigurationRequest { ObservabilityConfigurationArn = resource.Arn };
        Requests.Send(request, Confirmation.TargetOf(resource), "Remove", resource.Connection, response => WriteResource(RequestSender.RequireResult(response.ObservabilityConfiguration, request, response)), (ResourceKind.ObservabilityConfiguration, resource.Arn));
    });
}
