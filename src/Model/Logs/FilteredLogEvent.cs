using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A line of a group (CloudWatch Logs: FilteredLogEvent). Times are in milliseconds since 1970.</summary>
public sealed class FilteredLogEvent
{
    /// <summary>The stream that it is of.</summary>
    [JsonPropertyName("logStreamName")]
    public string? LogStreamName { get; set; }

    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public long? Timestamp { get; set; }

    /// <summary>The line.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; set; }

    /// <summary>When it came in.</summary>
    [JsonPropertyName("ingestionTime")]
    public long? IngestionTime { get; set; }

    /// <summary>Its id, which no other event of the group has.</summary>
    [JsonPropertyName("eventId")]
    public string? EventId { get; set; }
}
