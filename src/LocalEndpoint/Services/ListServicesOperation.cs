using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>ListServices: in the order of their creation.</summary>
internal sealed class ListServicesOperation : ApiOperation<ListServicesRequest, ListServicesResponse>
{
    /// <inheritdoc/>
    protected override ListServicesResponse Run(ListServicesRequest request, OperationContext context)
    {
        var services = context.Region.Store<ServiceStore>().Live;
        var page = context.Page(request, string.Empty, ListServicesRequest.PageLimit, services.Page, service => service.ShowSummary());
        return new ListServicesResponse { ServiceSummaryList = page.Items, NextToken = page.NextToken };
    }
}
