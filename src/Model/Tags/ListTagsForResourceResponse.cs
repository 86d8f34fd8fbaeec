using System.Collections.Generic;

namespace AppRunner.Model;

/// <summary>The answer of ListTagsForResource.</summary>
public sealed class ListTagsForResourceResponse : AppRunnerResponse
{
    /// <summary>The tags.</summary>
    public List<Tag>? Tags { get; set; }
}
