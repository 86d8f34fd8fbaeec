using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of cmdlets that start an operation on existing services, with a request that has only the service's ARN.</summary>
public abstract class ServiceChangeCommand : WaitingCommand
{
    private ServiceOperationSender operations = null!;

    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Waits until the operation has ended, and writes the service at that time. Several waits run at the same time.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many requests run at the same time, 1 to 256. Default: 1, which keeps the order of the input.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => ThrottleLimit;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        operations = new ServiceOperationSender(this, Session, Errors, Work, Interrupted, Wait ? Waits : null, Stopped);
    }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Region, Process);

    /// <summary>Processes one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>Sends a request that has only the service's ARN.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="service">The service.</param>
    /// <param name="action">The action for ShouldProcess: a verb.</param>
    /// <param name="request">The request.</param>
    /// <param name="operationType">The type of operation that it starts.</param>
    private protected void Change<TResponse>(ResolvedResource service, string action, AppRunnerRequest<TResponse> request, string operationType)
        where TResponse : AppRunnerResponse
    {
        ((IServiceArnRequest)request).ServiceArn = service.Arn;
        operations.Send(request, operationType, Confirmation.TargetOf(service), action, service.Connection);
    }
}
