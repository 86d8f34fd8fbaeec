using System;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Associates a domain of one's own with services (API: AssociateCustomDomain). Its certificate records come a little later: with -Wait, or from Get-ARCustomDomain.</summary>
[Cmdlet(VerbsCommon.Add, "ARCustomDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CustomDomain))]
public sealed class AddCustomDomainCommand : CustomDomainChangeCommand
{
    /// <summary>Whether <c>www.</c> before the domain leads to the service too. Default: true, but false for a wildcard, which does not allow it (API: EnableWWWSubdomain).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CellTransformation(IsFlag = true)]
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
        Change(request, service, "Add domain", response => response.CustomDomain?.Of(response.ServiceArn ?? service.Arn, response.DNSTarget, response.VpcDNSTargets));
    }

    /// <inheritdoc/>
    private protected override bool HasCome(CustomDomain? domain) =>
        domain?.Status == CustomDomainAssociationStatus.Active || (domain?.CertificateValidationRecords?.Count > 0 && !HasFailed(domain));

    /// <inheritdoc/>
    private protected override bool HasFailed(CustomDomain domain) =>
        domain.Status is CustomDomainAssociationStatus.CreateFailed or CustomDomainAssociationStatus.Deleting or CustomDomainAssociationStatus.DeleteFailed;
}
