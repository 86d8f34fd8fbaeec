using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A log stream (CloudWatch Logs: LogStream). Times are in milliseconds since 1970.</summary>
public sealed class LogStream
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("logStreamName")]
    public string? LogStreamName { get; set; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("creationTime")]
    public long? CreationTime { get; set; }

    /// <summary>The time of its oldest event; null where it has none.</summary>
    [JsonPropertyName("firstEventTimestamp")]
    public long? FirstEventTimestamp { get; set; }

    /// <summary>The time of its newest event, which AWS may know up to an hour late; null where it has none.</summary>
    [JsonPropertyName("lastEventTimestamp")]
    public long? LastEventTimestamp { get; set; }

    /// <summary>When the newest event came in.</summary>
    [JsonPropertyName("lastIngestionTime")]
    public long? LastIngestionTime { get; set; }

    /// <summary>Its ARN.</summary>
    [JsonPropertyName("arn")]
    public string? Arn { get; set; }

    /// <summary>How many bytes it holds; AWS says 0 always.</summary>
    [JsonPropertyName("storedBytes")]
    public long? StoredBytes { get; set; }
}
