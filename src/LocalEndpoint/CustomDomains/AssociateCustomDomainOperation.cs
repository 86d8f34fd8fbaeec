using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.CustomDomains;

/// <summary>AssociateCustomDomain: a domain that no service of the region has, for a running service. This operation knows no ResourceNotFoundException.</summary>
internal sealed class AssociateCustomDomainOperation : ApiOperation<AssociateCustomDomainRequest, AssociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override AssociateCustomDomainResponse Run(AssociateCustomDomainRequest request, OperationContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindReferred(request.ServiceArn!);
        ServiceStateRules.Require(service, "associated with a domain", ServiceStatus.Running);
        var domain = domains.Associate(service, request, context.Now);
        return new AssociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.Show(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}
