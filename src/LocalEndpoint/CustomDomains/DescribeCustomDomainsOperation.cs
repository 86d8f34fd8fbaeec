using AppRunner.LocalEndpoint.Operations;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.CustomDomains;

/// <summary>DescribeCustomDomains: in the order of their association; a deleted service has none.</summary>
internal sealed class DescribeCustomDomainsOperation : ApiOperation<DescribeCustomDomainsRequest, DescribeCustomDomainsResponse>
{
    /// <inheritdoc/>
    protected override DescribeCustomDomainsResponse Run(DescribeCustomDomainsRequest request, OperationContext context)
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
