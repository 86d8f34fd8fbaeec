using AppRunner.LocalEndpoint.State;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>AssociateCustomDomain: the service must be running, and no service of the region may have the domain. The API does not define ResourceNotFoundException for this operation.</summary>
internal sealed class AssociateCustomDomainHandler : ApiHandler<AssociateCustomDomainRequest, AssociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override AssociateCustomDomainResponse Handle(AssociateCustomDomainRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindReferenced(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "associated with a domain", ServiceStatus.Running);
        var domain = domains.Associate(service, request, context.Now);
        return new AssociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.ToShape(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}

/// <summary>DescribeCustomDomains: in the order of association; a deleted service has no domains.</summary>
internal sealed class DescribeCustomDomainsHandler : ApiHandler<DescribeCustomDomainsRequest, DescribeCustomDomainsResponse>
{
    /// <inheritdoc/>
    protected override DescribeCustomDomainsResponse Handle(DescribeCustomDomainsRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!);
        var page = context.Page(request, service.Arn, DescribeCustomDomainsRequest.PageLimit, domains.OfService(service).Page, domain => domain.ToShape());
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

/// <summary>DisassociateCustomDomain: by the name that was associated; its <c>www.</c> subdomain is removed with it.</summary>
internal sealed class DisassociateCustomDomainHandler : ApiHandler<DisassociateCustomDomainRequest, DisassociateCustomDomainResponse>
{
    /// <inheritdoc/>
    protected override DisassociateCustomDomainResponse Handle(DisassociateCustomDomainRequest request, HandlerContext context)
    {
        var domains = context.Region.Store<CustomDomainStore>();
        var service = context.Region.Store<ServiceStore>().FindLive(request.ServiceArn!);
        ServiceStateRules.RequireStatus(service, "disassociated from a domain", ServiceStatus.Running, ServiceStatus.Paused, ServiceStatus.CreateFailed, ServiceStatus.DeleteFailed);
        var domain = domains.Disassociate(service, request.DomainName!, context.Now);
        return new DisassociateCustomDomainResponse { DNSTarget = service.Url, ServiceArn = service.Arn, CustomDomain = domain.ToShape(), VpcDNSTargets = domains.VpcTargets(service) };
    }
}
