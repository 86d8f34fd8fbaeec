using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>TagResource: a key that is there keeps its place and gets the new value.</summary>
internal sealed class TagResourceHandler : ApiHandler<TagResourceRequest, TagResourceResponse>
{
    /// <inheritdoc/>
    protected override TagResourceResponse Handle(TagResourceRequest request, HandlerContext context)
    {
        var resource = context.Region.FindTagged(request.ResourceArn!);
        var tags = resource.Tags.ToList();
        foreach (var tag in request.Tags!)
        {
            var place = tags.FindIndex(old => old.Key == tag.Key);
            if (place < 0)
                tags.Add(tag);
            else
                tags[place] = tag;
        }

        if (tags.Count > TagsAttribute.Most)
            throw new InvalidRequestException($"The resource would have {tags.Count} tags; {TagsAttribute.Most} are allowed.");
        resource.Tags = tags;
        return new TagResourceResponse();
    }
}

/// <summary>UntagResource: a key that is not there is no error.</summary>
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

/// <summary>ListTagsForResource: in the order in which they came.</summary>
internal sealed class ListTagsForResourceHandler : ApiHandler<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    protected override ListTagsForResourceResponse Handle(ListTagsForResourceRequest request, HandlerContext context) =>
        new() { Tags = [.. context.Region.FindTagged(request.ResourceArn!).Tags] };
}
