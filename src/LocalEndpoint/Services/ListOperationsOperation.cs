using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>ListOperations: newest first; without MaxResults all that are remembered.</summary>
internal sealed class ListOperationsOperation : ApiOperation<ListOperationsRequest, ListOperationsResponse>
{
    /// <inheritdoc/>
    protected override ListOperationsResponse Run(ListOperationsRequest request, OperationContext context)
    {
        var service = context.Region.Find(request.ServiceArn!);
        var list = $"{request.Operation}/{service.Arn}";
        var before = context.Endpoint.PageTokens.Read(list, request.NextToken);
        var operations = service.Operations(before, request.MaxResults ?? int.MaxValue, context.Now, out var rest);
        return new ListOperationsResponse
        {
            OperationSummaryList = operations,
            NextToken = rest is { } position ? context.Endpoint.PageTokens.Write(list, position) : null,
        };
    }
}
