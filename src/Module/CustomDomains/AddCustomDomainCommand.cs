using System;
using System.Management.Automation;
using AppRunner.Configs;
using AppRunner.Model;
using AppRunner.Model.Rules;
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

    /// <summary>Waits until the certificate records are there or the domain is ACTIVE. Several domains are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service)
    {
        var request = new AssociateCustomDomainRequest
        {
            ServiceArn = service.Arn,
            DomainName = DomainName,
            EnableWWWSubdomain = EnableWWWSubdomain ?? (DomainName?.StartsWith("*", StringComparison.Ordinal) == true ? false : null),
        };
        Settle(RequestRules.Check(request), $"The domain of service \"{service.Name}\"");
        var target = Target;
        Send(request, CaptionOf(service), "Add domain", service.Connection, answer =>
        {
            var domain = Need(answer.CustomDomain, request, answer).Of(answer.ServiceArn ?? service.Arn, answer.DNSTarget, answer.VpcDNSTargets);
            if (Wait)
                StartWait(service.Connection, WaitFor(domain, service), ended => WriteObject(ended), target);
            else
                WriteObject(domain);
        });
    }

    private static StateWait<CustomDomain> WaitFor(CustomDomain domain, ResolvedResource service) => new(
        service.Arn,
        $"Adding {domain.DomainName} to",
        $"Custom domain \"{domain.DomainName}\" of {service.Caption}",
        token => service.Connection.FindDomainAsync(service.Arn, domain.DomainName!, token),
        now => now.Status,
        now => now?.Status == CustomDomainAssociationStatus.Active || (now?.CertificateValidationRecords?.Count > 0 && now.Status != CustomDomainAssociationStatus.CreateFailed),
        now => now.Status is CustomDomainAssociationStatus.CreateFailed or CustomDomainAssociationStatus.Deleting or CustomDomainAssociationStatus.DeleteFailed,
        $"Look at it with Get-ARCustomDomain '{service.Arn}' {domain.DomainName}");
}
