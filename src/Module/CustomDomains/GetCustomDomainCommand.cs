using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Common;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Reads the custom domains of services (API: DescribeCustomDomains), or the DNS records that they need.</summary>
[Cmdlet(VerbsCommon.Get, "ARCustomDomain")]
[OutputType(typeof(CustomDomain), typeof(DnsRecord))]
public sealed class GetCustomDomainCommand : RegionalCommand
{
    /// <summary>The services: names, ARNs, or objects that carry ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Only these domains; wildcards allowed. One without wildcards that the service does not have is an error.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Domain")]
    [SupportsWildcards]
    public string[]? DomainName { get; set; }

    /// <summary>Only domains with one of these statuses, such as ACTIVE or PENDING_CERTIFICATE_DNS_VALIDATION.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CustomDomainStatusCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Gives the DNS records that the domains need instead, in the order to add them: Name, Type, Value, Status.</summary>
    [Parameter]
    public SwitchParameter DnsRecord { get; set; }

    /// <inheritdoc/>
    private protected override int Width => 8;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        WarnOfUnknown(nameof(Status), Status, typeof(CustomDomainAssociationStatus));
    }

    /// <inheritdoc/>
    private protected override void Process() => ForEach(Service, ResourceKind.Service, service =>
    {
        var target = Target;
        var wanted = (DomainName ?? []).Where(name => !string.IsNullOrEmpty(name)).Select(name => (Name: name, Pattern: PatternOf(name))).ToList();
        Enqueue(target, async () =>
        {
            var missing = new HashSet<string>(wanted.Where(name => !IsPattern(name.Name)).Select(name => name.Name), StringComparer.OrdinalIgnoreCase);
            await service.Connection.ReadDomainsAsync(
                service.Arn,
                async domain =>
                {
                    missing.Remove(domain.DomainName ?? string.Empty);
                    if (wanted.Count == 0 || wanted.Any(name => string.Equals(name.Name, domain.DomainName, StringComparison.OrdinalIgnoreCase) || name.Pattern?.IsMatch(domain.DomainName) == true))
                        await WriteAsync(domain).ConfigureAwait(false);
                    return true;
                },
                Stopped).ConfigureAwait(false);
            foreach (var name in missing)
                await PostAsync(() => Fail(new ResourceNotFoundException($"Service \"{service.Name}\" has no custom domain {name}."), target)).ConfigureAwait(false);
        });
    });

    // The star in front is the name of a wildcard domain itself, not a pattern.
    private static bool IsPattern(string name) => WildcardPattern.ContainsWildcardCharacters(name.StartsWith("*.", StringComparison.Ordinal) ? name.Substring(2) : name);

    private static WildcardPattern? PatternOf(string name) => WildcardPattern.ContainsWildcardCharacters(name) ? Wildcards.Parse(name) : null;

    private Task WriteAsync(CustomDomain domain)
    {
        if (Status is not null && !Status.Contains(domain.Status, StringComparer.OrdinalIgnoreCase))
            return Task.CompletedTask;
        return PostAsync(() =>
        {
            if (DnsRecord)
                WriteObject(CustomDomains.DnsRecord.Of(domain), enumerateCollection: true);
            else
                WriteObject(domain);
        });
    }
}
