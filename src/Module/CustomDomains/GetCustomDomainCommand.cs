using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Reads the custom domains of services (API: DescribeCustomDomains), or the DNS records for them.</summary>
[Cmdlet(VerbsCommon.Get, "ARCustomDomain", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(CustomDomain), typeof(DnsRecord))]
public sealed class GetCustomDomainCommand : RemoteCommand<string>
{
    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Services or domains of services: names and ARNs of services, objects with ServiceArn, or hashtables and objects with the parameters Service and DomainName as members.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only these domains; wildcards allowed. A name without wildcards that the service does not have is an error.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Domain")]
    [SupportsWildcards]
    public string[]? DomainName { get; set; }

    /// <summary>Only domains with one of these statuses, such as ACTIVE or PENDING_CERTIFICATE_DNS_VALIDATION.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CustomDomainStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Writes the DNS records for the domains instead, in the order to add them: Name, Type, Value, Status.</summary>
    [Parameter]
    public SwitchParameter DnsRecord { get; set; }

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Errors.WarnAboutUnknownValues(nameof(Status), Status, typeof(CustomDomainAssociationStatus));
    }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, Region, service =>
    {
        var target = Errors.Target;
        var selected = (DomainName ?? []).Where(name => !string.IsNullOrEmpty(name)).Select(CustomDomains.DnsRecord.WithoutDot).Select(name => (Name: name!, Pattern: PatternOf(name!))).ToList();
        Work.Enqueue(target, async () =>
        {
            // Collected in a list: a service has few domains.
            var domains = new List<CustomDomain>();
            await service.Connection.ReadDomainsAsync(
                service.Arn,
                domain =>
                {
                    domains.Add(domain);
                    return Task.FromResult(true);
                },
                Stopped).ConfigureAwait(false);
            var chosen = selected.Count == 0 ? domains : [];
            foreach (var (name, pattern) in selected)
            {
                // *.example.com is also the name of a wildcard domain: if there is one, only that domain is selected.
                var found = domains.FindAll(domain => string.Equals(name, domain.DomainName, StringComparison.OrdinalIgnoreCase));
                if (found.Count == 0 && pattern is not null)
                    found = domains.FindAll(domain => pattern.IsMatch(domain.DomainName));
                if (found.Count == 0 && !IsPattern(name))
                    await Work.PostAsync(() => Errors.Report(new ResourceNotFoundException($"Service \"{service.Name}\" has no custom domain \"{name}\"."), target)).ConfigureAwait(false);
                chosen.AddRange(found.Except(chosen));
            }

            foreach (var domain in chosen)
                await WriteAsync(domain).ConfigureAwait(false);
        });
    });

    // A name like *.example.com without other wildcards may be the name of a wildcard domain: no match is an error.
    private static bool IsPattern(string name) => WildcardPattern.ContainsWildcardCharacters(name.StartsWith("*.", StringComparison.Ordinal) ? name.Substring(2) : name);

    private static WildcardPattern? PatternOf(string name) => WildcardPattern.ContainsWildcardCharacters(name) ? Wildcards.Parse(name) : null;

    private Task WriteAsync(CustomDomain domain)
    {
        if (Status is not null && !Status.Contains(domain.Status, StringComparer.OrdinalIgnoreCase))
            return Task.CompletedTask;
        return Work.PostAsync(() =>
        {
            if (DnsRecord)
                WriteObject(CustomDomains.DnsRecord.Of(domain), enumerateCollection: true);
            else
                WriteObject(domain);
        });
    }
}
