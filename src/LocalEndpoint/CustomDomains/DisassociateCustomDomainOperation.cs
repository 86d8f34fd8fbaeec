using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.CustomDomains;

/// <summary>DisassociateCustomDomain: a domain goes, by the name that it was associated by; <c>www.</c> before it goes along.</summary>
internal sealed class DisassociateCustomDomainOperation : ApiOperation<DisassociateCustomDomainRequest, DisassociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override DisassociateCustomDomainResponse Run(DisassociateCustomDomainRequest request, OperationContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindLive(request.ServiceArn!);
        ServiceStateRules.Require(service, "disassociated from a domain", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        var domain = domains.Disassociate(service, request.DomainName!, context.Now);
        return new DisassociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.Show(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}
