using System.Management.Automation;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.CustomDomains;

/// <summary>Removes a custom domain from services (API: DisassociateCustomDomain). Its DNS records have to be deleted separately.</summary>
[Cmdlet(VerbsCommon.Remove, "ARCustomDomain", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(CustomDomain))]
public sealed class RemoveCustomDomainCommand : CustomDomainChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) => Change(
        new DisassociateCustomDomainRequest { ServiceArn = service.Arn, DomainName = DomainName },
        service,
        "Remove custom domain",
        response => response.CustomDomain?.WithTargets(response.ServiceArn ?? service.Arn, response.DNSTarget, response.VpcDNSTargets));

    /// <inheritdoc/>
    private protected override bool IsComplete(CustomDomain? domain) => domain is null;

    /// <inheritdoc/>
    private protected override bool HasFailed(CustomDomain domain) => domain.Status == CustomDomainAssociationStatus.DeleteFailed;
}
