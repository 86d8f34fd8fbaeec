using System.Management.Automation;
using AppRunner.Completion;
using AppRunner.Operations;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>The base of cmdlets that change the custom domains of services, which takes time.</summary>
public abstract class CustomDomainChangeCommand : WaitingCommand
{
    /// <summary>The services: names, ARNs, or objects that carry ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>The domain, such as <c>example.com</c>, <c>api.example.com</c> or <c>*.example.com</c> (API: DomainName).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Domain")]
    public string? DomainName { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Process);

    /// <summary>Changes the domain of one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>What an error is about.</summary>
    /// <param name="service">The service.</param>
    /// <returns>Domain and service, as ShouldProcess and progress show them.</returns>
    private protected string CaptionOf(ResolvedResource service) => $"{DomainName} of {service.Caption}";
}
