using System.Management.Automation;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of cmdlets that start an operation on services that exist.</summary>
public abstract class ServiceChangeCommand : OperationStartingCommand
{
    /// <summary>The services: names, ARNs, or objects that carry ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Process);

    /// <summary>Works on one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>Sends a request that only names the service.</summary>
    /// <typeparam name="TResponse">The type of its answer.</typeparam>
    /// <param name="service">The service.</param>
    /// <param name="action">A verb, for ShouldProcess.</param>
    /// <param name="request">The request.</param>
    /// <param name="operationType">The operation that it starts.</param>
    private protected void Change<TResponse>(ResolvedResource service, string action, AppRunnerRequest<TResponse> request, string operationType)
        where TResponse : AppRunnerResponse
    {
        ((IServiceArnRequest)request).ServiceArn = service.Arn;
        Change(request, service.Caption, action, service.Connection, Target, changes => changes.ChangeAsync(request, operationType, Stopped));
    }
}
