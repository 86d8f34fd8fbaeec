using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.VpcIngressConnections;

/// <summary>Deletes VPC ingress connections (API: DeleteVpcIngressConnection).</summary>
[Cmdlet(VerbsCommon.Remove, "ARVpcIngressConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VpcIngressConnection))]
public sealed class RemoveVpcIngressConnectionCommand : IngressChangeCommand
{
    /// <summary>The VPC ingress connections: names, ARNs, or objects with VpcIngressConnectionArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VpcIngressConnectionArn", "VpcIngressConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.VpcIngressConnection))]
    [ArgumentCompleter(typeof(VpcIngressConnectionNameCompleter))]
    public ResourceIdentity[] VpcIngressConnection { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(VpcIngressConnection, ResourceKind.VpcIngressConnection, Region, ingress => Change(
        new DeleteVpcIngressConnectionRequest { VpcIngressConnectionArn = ingress.Arn }, Confirmation.TargetOf(ingress), "Remove", ingress.Connection, response => response.VpcIngressConnection));
}
