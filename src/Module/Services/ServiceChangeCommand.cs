using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of cmdlets that start an operation on services that exist, and send no more than the service's ARN.</summary>
public abstract class ServiceChangeCommand : WaitingCommand
{
    private ServiceOperationSender operations = null!;

    /// <summary>The services: names, ARNs, or objects that carry ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Waits until the operation has ended and writes the service as it is then. Several operations are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many requests are sent at once, 1 to 256. Default: 1, which keeps the order of the input.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    private protected override int Width => ThrottleLimit;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        operations = new ServiceOperationSender(this, Session, Errors, Work, Interrupted, Wait ? Waits : null, Stopped);
    }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Region, Process);

    /// <summary>Works on one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>Sends a request that only names the service.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="service">The service.</param>
    /// <param name="action">A verb, for ShouldProcess.</param>
    /// <param name="request">The request.</param>
    /// <param name="operationType">The operation that it starts.</param>
    private protected void Change<TResponse>(ResolvedResource service, string action, AppRunnerRequest<TResponse> request, string operationType)
        where TResponse : AppRunnerResponse
    {
        ((IServiceArnRequest)request).ServiceArn = service.Arn;
        operations.Send(request, operationType, service.Caption, action, service.Connection);
    }
}
