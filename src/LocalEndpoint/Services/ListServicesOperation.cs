using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>ListServices: in the order of their creation.</summary>
internal sealed class ListServicesOperation : ApiOperation<ListServicesRequest, ListServicesResponse>
{
    /// <inheritdoc/>
    protected override ListServicesResponse Run(ListServicesRequest request, OperationContext context)
    {
        var list = $"{request.Operation}/{context.Region.Name}";
        var after = context.Endpoint.PageTokens.Read(list, request.NextToken);
        var services = context.Region.Services(after, request.MaxResults ?? ListServicesRequest.PageLimit, out var rest);
        return new ListServicesResponse
        {
            ServiceSummaryList = services,
            NextToken = rest is { } position ? context.Endpoint.PageTokens.Write(list, position) : null,
        };
    }
}
