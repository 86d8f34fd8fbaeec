using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>TagResource: an existing key keeps its position and gets the new value.</summary>
internal sealed class TagResourceHandler : ApiHandler<TagResourceRequest, TagResourceResponse>
{
    /// <inheritdoc/>
    protected override TagResourceResponse Handle(TagResourceRequest request, HandlerContext context)
    {
        var resource = context.Region.FindTagged(request.ResourceArn!);
        var tags = resource.Tags.ToList();
        foreach (var tag in request.Tags!)
        {
            var index = tags.FindIndex(old => old.Key == tag.Key);
            if (index < 0)
                tags.Add(tag);
            else
                tags[index] = tag;
        }

        if (tags.Count > TagsAttribute.MaxCount)
            throw new InvalidRequestException($"The resource would have {tags.Count} tags; {TagsAttribute.MaxCount} are allowed.");
        resource.Tags = tags;
        return new TagResourceResponse();
    }
}

/// <summary>UntagResource: unknown keys are ignored.</summary>
internal sealed class UntagResourceHandler : ApiHandler<UntagResourceRequest, UntagResourceResponse>
{
    /// <inheritdoc/>
    protected override UntagResourceResponse Handle(UntagResourceRequest request, HandlerContext context)
    {
        var resource = context.Region.FindTagged(request.ResourceArn!);
        resource.Tags = resource.Tags.Where(tag => !request.TagKeys!.Contains(tag.Key!)).ToList();
        return new UntagResourceResponse();
    }
}

/// <summary>ListTagsForResource: in the order in which they were added.</summary>
internal sealed class ListTagsForResourceHandler : ApiHandler<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    protected override ListTagsForResourceResponse Handle(ListTagsForResourceRequest request, HandlerContext context) =>
        new() { Tags = [.. context.Region.FindTagged(request.ResourceArn!).Tags] };
}
