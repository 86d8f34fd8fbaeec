using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.VpcConnectors;

/// <summary>Deletes VPC connectors (API: DeleteVpcConnector). Fails if a service uses it.</summary>
[Cmdlet(VerbsCommon.Remove, "ARVpcConnector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VpcConnector))]
public sealed class RemoveVpcConnectorCommand : RemoteCommand<string>
{
    /// <summary>The connectors: names, ARNs, or objects with VpcConnectorArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VpcConnectorArn", "VpcConnectorName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcConnector))]
    [ArgumentCompleter(typeof(VpcConnectorNameCompleter))]
    public ResourceIdentity[] VpcConnector { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(VpcConnector, ResourceKind.VpcConnector, Region, resource =>
    {
        var request = new DeleteVpcConnectorRequest { VpcConnectorArn = resource.Arn };
        Requests.Send(request, Confirmation.TargetOf(resource), "Remove", resource.Connection, response => WriteResource(RequestSender.RequireResult(response.VpcConnector, request, response)), (ResourceKind.VpcConnector, resource.Arn));
    });
}
