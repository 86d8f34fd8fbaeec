using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.RepositoryConnections;

/// <summary>Completes the handshake of connections on the local endpoint. On AWS this is only possible in the console; the error has its URL.</summary>
[Cmdlet(VerbsLifecycle.Approve, "ARConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectionSummary))]
public sealed class ApproveConnectionCommand : RemoteCommand<string>
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
        if (!Session.IsLocal(resource.Connection))
        {
            throw new LocalEndpointException($"Connection \"{resource.Name}\" is not on the local endpoint. On AWS, a person must approve it in the App Runner console.")
            {
                RecommendedAction = "Complete the handshake at " + GitConnections.ConsoleUrl(resource.Connection.Region),
            };
        }

        if (!Confirmation.ShouldProcess(this, Confirmation.TargetOf(resource), "Approve"))
            return;
        Session.LocalEndpoint!.ApproveConnection(resource.Arn);
        WriteResource(Work.Await(() => resource.Connection.FindAsync(resource.Arn, Stopped)));
    });
}
