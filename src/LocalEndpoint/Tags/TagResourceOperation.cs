using System.Linq;
using AppRunner.LocalEndpoint.Operations;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Tags;

/// <summary>TagResource: a key that is there keeps its place and gets the new value.</summary>
internal sealed class TagResourceOperation : ApiOperation<TagResourceRequest, TagResourceResponse>
{
    /// <inheritdoc/>
    protected override TagResourceResponse Run(TagResourceRequest request, OperationContext context)
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
