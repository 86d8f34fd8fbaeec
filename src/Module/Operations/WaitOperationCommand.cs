using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Waiting;
using AppRunner.Resources;

namespace AppRunner.Operations;

/// <summary>
/// Waits until operations have ended, and writes the services (API: ListOperations). Waits for many operations at once.
/// An operation that failed or was rolled back is an error, regardless of the service's status.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "AROperation", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(Service))]
public sealed class WaitOperationCommand : WaitingCommand
{
    /// <summary>The output of a cmdlet that starts an operation or of Get-AROperation, or names and ARNs of services (their latest operation).</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>The output of a cmdlet that starts an operation or of Get-AROperation, names and ARNs of services, or hashtables and objects with the parameters Service and OperationId as members.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The operation id. Default: the id in the object, else the service's latest operation.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Id")]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
    public string? OperationId { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            // The type of the object's operation, unless another one is awaited.
            var awaited = string.IsNullOrEmpty(OperationId) || OperationId == identity.OperationId
                ? (Id: identity.OperationId, Type: identity.OperationType)
                : (OperationId, null);
            ForEach([identity], ResourceKind.Service, Region, service => Waits.Start(service, new AwaitedOperation(service.Arn, awaited.Id, awaited.Type), null, Errors.Target));
        }
    }
}
