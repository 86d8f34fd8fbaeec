using System.Linq;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Tags;

/// <summary>UntagResource: a key that is not there is no error.</summary>
internal sealed class UntagResourceOperation : ApiOperation<UntagResourceRequest, UntagResourceResponse>
{
    /// <inheritdoc/>
    protected override UntagResourceResponse Run(UntagResourceRequest request, OperationContext context)
    {
        var resource = context.Region.FindTagged(request.ResourceArn!);
        resource.Tags = resource.Tags.Where(tag => !request.TagKeys!.Contains(tag.Key!)).ToList();
        return new UntagResourceResponse();
    }
}
