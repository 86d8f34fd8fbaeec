using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Tags;

/// <summary>ListTagsForResource: in the order in which they came.</summary>
internal sealed class ListTagsForResourceOperation : ApiOperation<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    protected override ListTagsForResourceResponse Run(ListTagsForResourceRequest request, OperationContext context) =>
        new() { Tags = [.. context.Region.FindTagged(request.ResourceArn!).Tags] };
}
