using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>One page of GetLogEvents, oldest first.</summary>
public sealed class GetLogEventsResponse : AppRunnerResponse
{
    /// <summary>The events of this page.</summary>
    [JsonPropertyName("events")]
    public List<OutputLogEvent>? Events { get; set; }

    /// <summary>What goes on; the same as was sent where the end is reached.</summary>
    [JsonPropertyName("nextForwardToken")]
    public string? NextForwardToken { get; set; }

    /// <summary>What goes back; the same as was sent where the beginning is reached.</summary>
    [JsonPropertyName("nextBackwardToken")]
    public string? NextBackwardToken { get; set; }
}
