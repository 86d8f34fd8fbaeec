using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>One page of FilterLogEvents. It may be empty although a token says that there is more.</summary>
public sealed class FilterLogEventsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The events of this page.</summary>
    [JsonPropertyName("events")]
    public List<FilteredLogEvent>? Events { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}
