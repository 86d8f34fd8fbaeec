using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Operations;

/// <summary>
/// Waits until operations have ended and writes the services as they are then (API: ListOperations). Waits for many at once.
/// An operation that failed or was rolled back is an error, whatever the service's status.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "AROperation")]
[OutputType(typeof(Service))]
public sealed class WaitOperationCommand : WaitingCommand
{
    /// <summary>What to wait for: what the cmdlets that start operations write, what Get-AROperation writes, or services' names and ARNs (their newest operation).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>The operation's id. Default: the one that the object carries, else the service's newest one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Id")]
    public string? OperationId { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
            ForEach([identity], ResourceKind.Service, Region, service => Waits.Start(service, string.IsNullOrEmpty(OperationId) ? identity.OperationId : OperationId, Errors.Target));
    }
}
