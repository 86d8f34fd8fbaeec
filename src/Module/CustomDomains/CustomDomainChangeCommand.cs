using System;
using System.Collections.Generic;
using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Model.Waiting;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>The base of cmdlets that change the custom domains of services, with -Wait.</summary>
public abstract class CustomDomainChangeCommand : WaitingCommand
{
    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>The domain, such as <c>example.com</c>, <c>api.example.com</c> or <c>*.example.com</c> (API: DomainName).</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Domain")]
    public string? DomainName { get; set; }

    /// <summary>Services or domains of services: names and ARNs of services, objects with ServiceArn, or hashtables and objects with the parameters of this cmdlet as members. If the service is on the command line, also names of domains.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Waits until the added domain has its certificate records or is ACTIVE, or until the removed domain is gone. Several waits run at the same time.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Input.Adapt = record => Input.IsOnCommandLine(nameof(Service)) && InputValue.Unwrap(record) is string name
            ? new Dictionary<string, object?> { [nameof(DomainName)] = name }
            : record;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        DomainName = DnsRecord.WithoutDot(DomainName);
        ForEach(Service, ResourceKind.Service, Region, Process);
    }

    /// <summary>Changes the domain of one service.</summary>
    /// <param name="service">The service.</param>
    private protected abstract void Process(ResolvedResource service);

    /// <summary>Sends a request for the domain. Writes the domain of the response, or with -Wait the domain at the end.</summary>
    /// <typeparam name="TResponse">The type of its response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="service">The service.</param>
    /// <param name="action">The action for ShouldProcess.</param>
    /// <param name="result">Gets the domain of the response, with the members of the response around it.</param>
    private protected void Change<TResponse>(AppRunnerRequest<TResponse> request, ResolvedResource service, string action, Func<TResponse, CustomDomain?> result)
        where TResponse : AppRunnerResponse
    {
        Errors.ReportProblems(RequestRules.Check(request), $"The domain of service \"{service.Name}\"");
        var target = Errors.Target;
        Requests.Send(request, Confirmation.TargetOf(service, $"{DomainName} of"), action, service.Connection, response =>
        {
            var domain = RequestSender.RequireResult(result(response), request, response);
            if (Wait)
                Waits.Start(service.Connection, WaitFor(domain, service), ended => WriteObject(ended ?? domain), target);
            else
                WriteObject(domain);
        });
    }

    /// <summary>Whether the change is complete.</summary>
    /// <param name="domain">The current domain; null if the service no longer has it.</param>
    /// <returns>True to end the wait.</returns>
    private protected abstract bool IsComplete(CustomDomain? domain);

    /// <summary>Whether the change has failed.</summary>
    /// <param name="domain">The current domain.</param>
    /// <returns>True for an error.</returns>
    private protected abstract bool HasFailed(CustomDomain domain);

    private StateWait<CustomDomain> WaitFor(CustomDomain domain, ResolvedResource service) => new(
        service.Arn,
        $"{MyInvocation.MyCommand.Name} {domain.DomainName}",
        $"Custom domain \"{domain.DomainName}\" of {service.Caption}",
        token => service.Connection.FindDomainAsync(service.Arn, domain.DomainName!, token),
        now => now.Status,
        IsComplete,
        HasFailed,
        $"Check it with Get-ARCustomDomain '{service.Arn}' {domain.DomainName}");
}
