using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>ListOperations: newest first; without MaxResults all that are remembered.</summary>
internal sealed class ListOperationsOperation : ApiOperation<ListOperationsRequest, ListOperationsResponse>
{
    /// <inheritdoc/>
    protected override ListOperationsResponse Run(ListOperationsRequest request, OperationContext context)
    {
        var service = context.Region.Store<ServiceStore>().Find(request.ServiceArn!);
        var page = context.Page(request, service.Arn, int.MaxValue, service.Operations, operation => service.Show(operation, context.Now));
        return new ListOperationsResponse { OperationSummaryList = page.Items, NextToken = page.NextToken };
    }
}
