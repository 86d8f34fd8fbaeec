using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>AssociateCustomDomain: a domain that no service of the region has, for a running service. This operation knows no ResourceNotFoundException.</summary>
internal sealed class AssociateCustomDomainHandler : ApiHandler<AssociateCustomDomainRequest, AssociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override AssociateCustomDomainResponse Handle(AssociateCustomDomainRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindReferred(request.ServiceArn!);
        ServiceStateRules.Require(service, "associated with a domain", ServiceStatus.Running);
        var domain = domains.Associate(service, request, context.Now);
        return new AssociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.Show(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}

/// <summary>DescribeCustomDomains: in the order of their association; a deleted service has none.</summary>
internal sealed class DescribeCustomDomainsHandler : ApiHandler<DescribeCustomDomainsRequest, DescribeCustomDomainsResponse>
{
    /// <inheritdoc/>
    protected override DescribeCustomDomainsResponse Handle(DescribeCustomDomainsRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!);
        var page = context.Page(request, service.Arn, DescribeCustomDomainsRequest.PageLimit, domains.OfService(service).Page, domain => domain.Show());
        return new DescribeCustomDomainsResponse
        {
            DNSTarget = service.Url,
            ServiceArn = service.Arn,
            CustomDomains = page.Items,
            VpcDNSTargets = domains.VpcTargets(service),
            NextToken = page.NextToken,
        };
    }
}

/// <summary>DisassociateCustomDomain: a domain goes, by the name that it was associated by; <c>www.</c> before it goes along.</summary>
internal sealed class DisassociateCustomDomainHandler : ApiHandler<DisassociateCustomDomainRequest, DisassociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override DisassociateCustomDomainResponse Handle(DisassociateCustomDomainRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindLive(request.ServiceArn!);
        ServiceStateRules.Require(service, "disassociated from a domain", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        var domain = domains.Disassociate(service, request.DomainName!, context.Now);
        return new DisassociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.Show(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}
