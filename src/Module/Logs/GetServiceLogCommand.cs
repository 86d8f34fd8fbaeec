using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Logs;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Logs;

/// <summary>
/// Reads the logs of services, oldest line first (CloudWatch Logs: FilterLogEvents, GetLogEvents, DescribeLogStreams). With
/// -Follow it writes the new lines of all logs until the service is deleted, or until Ctrl+C.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ARServiceLog", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(ServiceLogRecord))]
public sealed class GetServiceLogCommand : RemoteCommand<string>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(500);

    private static readonly OneOfAttribute Kinds = new(typeof(ServiceLogKind));

    private bool kindIsGiven;

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

    /// <summary>Event: events of the service; Deployment: the log of operations; Application: the output of the program. Default: Event, or Deployment with an operation id; with -Follow all three.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceLogKindCompleter))]
    public string Kind { get; set; } = ServiceLogKind.Event;

    /// <summary>Only the lines of this operation. The output of cmdlets that start operations and of Get-AROperation has it. Implies -Kind Deployment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Id")]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
    public string? OperationId { get; set; }

    /// <summary>Only this number of the latest lines of each service. Default: all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Alias("Last")]
    [NumberTransformation]
    public int? Tail { get; set; }

    /// <summary>Only lines from this time on: a time, or a duration before now, such as 5m, 1h30m, 2d, a time span or a number of seconds. Default: all.</summary>
    [Parameter]
    [TimeTransformation]
    [Alias("StartTime")]
    public DateTime? Since { get; set; }

    /// <summary>Only lines up to this time, given as for Since. Not with Follow. Default: now.</summary>
    [Parameter]
    [TimeTransformation]
    [Alias("EndTime")]
    public DateTime? Until { get; set; }

    /// <summary>Writes new lines of all kinds, until the service is deleted, or until Ctrl+C.</summary>
    [Parameter]
    [Alias("Wait")]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => Follow ? int.MaxValue : base.ConcurrencyLimit;

    private bool IsDeployment => Kind == ServiceLogKind.Deployment;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Kind = Kinds.Require(Kind, nameof(Kind));
        if (Follow && Until is not null)
            throw new InvalidParameterException("-Until cannot be used with -Follow, which writes the lines of the future.") { RecommendedAction = "Omit -Until or -Follow." };
        kindIsGiven = MyInvocation.BoundParameters.ContainsKey(nameof(Kind));
        if (kindIsGiven && !IsDeployment && MyInvocation.BoundParameters.ContainsKey(nameof(OperationId)))
            throw new InvalidParameterException($"-OperationId requires -Kind {ServiceLogKind.Deployment}: a log of kind {Kind} is not the log of one operation.") { RecommendedAction = $"Omit -OperationId, or use -Kind {ServiceLogKind.Deployment}." };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            var operationId = kindIsGiven && !IsDeployment ? null : string.IsNullOrEmpty(OperationId) ? identity.OperationId : OperationId;
            Work.Enqueue(identity.Target, () => ReadAsync(identity, string.IsNullOrEmpty(operationId) ? null : operationId));
        }
    }

    private async Task ReadAsync(ResourceIdentity identity, string? operationId)
    {
        var service = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
        if (!Follow)
        {
            await new ServiceLogReader(service.Connection, Query(operationId is null ? Kind : ServiceLogKind.Deployment), SystemClock.Instance).ReadAsync(WriteAsync, Stopped).ConfigureAwait(false);
            return;
        }

        string[] kinds = operationId is not null ? [ServiceLogKind.Deployment] : kindIsGiven ? [Kind] : [ServiceLogKind.Event, ServiceLogKind.Deployment, ServiceLogKind.Application];
        var follower = new ServiceLogFollower(service.Connection, [.. kinds.Select(Query)], SystemClock.Instance);
        await follower.FollowAsync(Session.IsLocal(service.Connection) ? LocalInterval : Interval, WriteAsync, message => Work.PostAsync(() => RequestDisplay.Verbose(this, message)), Stopped).ConfigureAwait(false);
        await Work.PostAsync(() => RequestDisplay.Verbose(this, $"{service.Caption} is deleted; its logs have no more lines.")).ConfigureAwait(false);

        ServiceLogQuery Query(string kind) => new(service.Arn, kind) { OperationId = operationId, Tail = Tail, Since = Since, Until = Until };
    }

    private Task WriteAsync(ServiceLogRecord line) => Work.PostAsync(() => WriteObject(line));
}
