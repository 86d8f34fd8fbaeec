using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A line of a stream (CloudWatch Logs: OutputLogEvent). Times are in milliseconds since 1970.</summary>
public sealed class OutputLogEvent
{
    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public long? Timestamp { get; set; }

    /// <summary>The line.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; set; }

    /// <summary>When it came in.</summary>
    [JsonPropertyName("ingestionTime")]
    public long? IngestionTime { get; set; }
}
