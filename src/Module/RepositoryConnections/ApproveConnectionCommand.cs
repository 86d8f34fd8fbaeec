using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.RepositoryConnections;

/// <summary>Completes the handshake of connections of the local endpoint, as a person does it in the console of AWS. On AWS only the console can; the error says where.</summary>
[Cmdlet(VerbsLifecycle.Approve, "ARConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectionSummary))]
public sealed class ApproveConnectionCommand : RemoteCommand<string>
{
    /// <summary>The connections: names, ARNs, or objects that carry ConnectionArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionArn", "ConnectionName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Connection))]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public ResourceIdentity[] Connection { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Connection, ResourceKind.Connection, Region, resource =>
    {
        if (!Session.IsLocal(resource.Connection))
        {
            throw new LocalEndpointException($"Connection \"{resource.Name}\" is not on the local endpoint: on AWS a handshake is completed in the console only.")
            {
                RecommendedAction = "Complete it at " + GitConnections.ConsoleUrl(resource.Connection.Region),
            };
        }

        if (!Confirmation.MayChange(this, resource.Caption, "Approve"))
            return;
        Session.LocalEndpoint!.ApproveConnection(resource.Arn);
        WriteResource(Work.Await(() => resource.Connection.FindAsync(resource.Arn, Stopped)));
    });
}
