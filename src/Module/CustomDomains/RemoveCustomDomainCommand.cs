using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Takes a domain from services (API: DisassociateCustomDomain). Its DNS records are to be removed by hand afterwards.</summary>
[Cmdlet(VerbsCommon.Remove, "ARCustomDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CustomDomain))]
public sealed class RemoveCustomDomainCommand : CustomDomainChangeCommand
{
    /// <summary>Waits until the domain is gone from the service. Several domains are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service)
    {
        var request = new DisassociateCustomDomainRequest { ServiceArn = service.Arn, DomainName = DomainName };
        Settle(RequestRules.Check(request), $"The domain of service \"{service.Name}\"");
        var target = Target;
        Send(request, CaptionOf(service), "Remove domain", service.Connection, answer =>
        {
            var domain = Need(answer.CustomDomain, request, answer).Of(answer.ServiceArn ?? service.Arn, answer.DNSTarget, answer.VpcDNSTargets);
            if (Wait)
                StartWait(service.Connection, WaitFor(domain, service), _ => WriteObject(domain), target);
            else
                WriteObject(domain);
        });
    }

    private static StateWait<CustomDomain> WaitFor(CustomDomain domain, ResolvedResource service) => new(
        service.Arn,
        $"Removing {domain.DomainName} from",
        $"Custom domain \"{domain.DomainName}\" of {service.Caption}",
        token => service.Connection.FindDomainAsync(service.Arn, domain.DomainName!, token),
        now => now.Status,
        now => now is null,
        now => now.Status == CustomDomainAssociationStatus.DeleteFailed,
        $"Look at it with Get-ARCustomDomain '{service.Arn}' {domain.DomainName}");
}
