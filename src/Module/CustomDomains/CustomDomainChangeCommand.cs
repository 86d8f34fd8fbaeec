using System;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Model.Waiting;
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

    /// <summary>Waits: for a domain that is added until its certificate records are there or it is ACTIVE, for one that is removed until it is gone. Several are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Region, Process);

    /// <summary>Changes the domain of one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>Sends a request for the domain, and writes what it answers or what has come of it.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="service">The service.</param>
    /// <param name="action">What is done, for ShouldProcess.</param>
    /// <param name="result">The domain in the response, with what is answered beside it.</param>
    private protected void Change<TResponse>(AppRunnerRequest<TResponse> request, ResolvedResource service, string action, Func<TResponse, CustomDomain?> result)
        where TResponse : AppRunnerResponse
    {
        Errors.ReportProblems(RequestRules.Check(request), $"The domain of service \"{service.Name}\"");
        var target = Errors.Target;
        Requests.Send(request, $"{DomainName} of {service.Caption}", action, service.Connection, response =>
        {
            var domain = RequestSender.RequireResult(result(response), request, response);
            if (Wait)
                Waits.Start(service.Connection, WaitFor(domain, service), ended => WriteObject(ended ?? domain), target);
            else
                WriteObject(domain);
        });
    }

    /// <summary>Whether what was asked for has come.</summary>
    /// <param name="domain">The domain as it is; null where the service has it no more.</param>
    /// <returns>True to stop waiting.</returns>
    private protected abstract bool HasCome(CustomDomain? domain);

    /// <summary>Whether what was asked for will never come.</summary>
    /// <param name="domain">The domain as it is.</param>
    /// <returns>True for an error.</returns>
    private protected abstract bool HasFailed(CustomDomain domain);

    private StateWait<CustomDomain> WaitFor(CustomDomain domain, ResolvedResource service) => new(
        service.Arn,
        $"{MyInvocation.MyCommand.Name} {domain.DomainName}",
        $"Custom domain \"{domain.DomainName}\" of {service.Caption}",
        token => service.Connection.FindDomainAsync(service.Arn, domain.DomainName!, token),
        now => now.Status,
        HasCome,
        HasFailed,
        $"Look at it with Get-ARCustomDomain '{service.Arn}' {domain.DomainName}");
}
