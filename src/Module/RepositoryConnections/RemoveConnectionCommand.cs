using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.RepositoryConnections;

/// <summary>Deletes connections to source code providers (API: DeleteConnection). Fails if a service uses it.</summary>
[Cmdlet(VerbsCommon.Remove, "ARConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Connection))]
public sealed class RemoveConnectionCommand : RemoteCommand<string>
{
    /// <summary>The connections: names, ARNs, or objects with ConnectionArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionArn", "ConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public ResourceIdentity[] Connection { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Connection, ResourceKind.Connection, Region, resource =>
    {
        var request = new DeleteConnectionRequest { ConnectionArn = resource.Arn };
        Requests.Send(request, Confirmation.TargetOf(resource), "Remove", resource.Connection, response => WriteResource(RequestSender.RequireResult(response.Connection, request, response)), (ResourceKind.Connection, resource.Arn));
    });
}
