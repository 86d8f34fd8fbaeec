using System;
using System.Linq;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Operations;

/// <summary>Reads the operations of services, newest first (API: ListOperations).</summary>
[Cmdlet(VerbsCommon.Get, "AROperation", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(Operation))]
public sealed class GetOperationCommand : RemoteCommand<string>
{
    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Services or operations: names and ARNs of services, objects with ServiceArn, or hashtables and objects with the parameters Service and OperationId as members.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only this operation. An id that the service does not have is an error.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Id")]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
    public string? OperationId { get; set; }

    /// <summary>Only operations with one of these statuses, such as IN_PROGRESS or FAILED.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OperationStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Only operations of one of these types, such as UPDATE_SERVICE.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OperationTypeCompleter))]
    public string[]? Type { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Errors.WarnAboutUnknownValues(nameof(Status), Status, typeof(OperationStatus));
        Errors.WarnAboutUnknownValues(nameof(Type), Type, typeof(OperationType));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            var operationId = string.IsNullOrEmpty(OperationId) ? null : OperationId;
            Work.Enqueue(identity.Target, async () =>
            {
                var service = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
                var found = false;
                await Pages.ReadAsync(
                    service.Connection,
                    new ListOperationsRequest { ServiceArn = service.Arn, MaxResults = ListOperationsRequest.PageLimit },
                    async page =>
                    {
                        foreach (var operation in (page.OperationSummaryList ?? []).Where(operation => operationId is null || operation.Id == operationId))
                        {
                            found = true;
                            if (MatchesFilter(operation))
                                await Work.PostAsync(() => Write(operation)).ConfigureAwait(false);
                        }

                        return operationId is null || !found;
                    },
                    Stopped).ConfigureAwait(false);
                if (operationId is not null && !found)
                    throw new ResourceNotFoundException($"Service \"{service.Name}\" has no operation {operationId}.");
            });
        }
    }

    private void Write(Operation operation)
    {
        Session.Seen.Remember(operation);
        WriteObject(operation);
    }

    private bool MatchesFilter(Operation operation) =>
        (Status is null || Status.Contains(operation.Status, StringComparer.OrdinalIgnoreCase))
        && (Type is null || Type.Contains(operation.Type, StringComparer.OrdinalIgnoreCase));
}
