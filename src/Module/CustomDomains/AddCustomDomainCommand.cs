using System;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Associates a custom domain with services (API: AssociateCustomDomain). The certificate records are available later: with -Wait, or from Get-ARCustomDomain.</summary>
[Cmdlet(VerbsCommon.Add, "ARCustomDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(CustomDomain))]
public sealed class AddCustomDomainCommand : CustomDomainChangeCommand
{
    /// <summary>Whether the <c>www</c> subdomain is associated too. Default: true, but false for a wildcard domain, which does not allow it (API: EnableWWWSubdomain).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BooleanTextTransformation]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? EnableWWWSubdomain { get; set; }

    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service)
    {
        var request = new AssociateCustomDomainRequest
        {
            ServiceArn = service.Arn,
            DomainName = DomainName,
            EnableWWWSubdomain = EnableWWWSubdomain ?? (DomainName?.StartsWith("*", StringComparison.Ordinal) == true ? false : null),
        };
        Change(request, service, "Add custom domain", response =>
        {
            var domain = response.CustomDomain?.WithTargets(response.ServiceArn ?? service.Arn, response.DNSTarget, response.VpcDNSTargets);
            if (DnsRecord.IsApex(domain?.DomainName))
                WriteWarning($"If {domain!.DomainName} is the apex of your zone, point it to {domain.DNSTarget} with an ALIAS or ANAME record: CNAME is not allowed there. Get-ARCustomDomain -DnsRecord lists all records.");
            return domain;
        });
    }

    /// <inheritdoc/>
    private protected override bool IsComplete(CustomDomain? domain) =>
        domain?.Status == CustomDomainAssociationStatus.Active || (domain?.CertificateValidationRecords?.Count > 0 && !HasFailed(domain));

    /// <inheritdoc/>
    private protected override bool HasFailed(CustomDomain domain) =>
        domain.Status is CustomDomainAssociationStatus.CreateFailed or CustomDomainAssociationStatus.Deleting or CustomDomainAssociationStatus.DeleteFailed;
}
