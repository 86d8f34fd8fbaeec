using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>A log group (CloudWatch Logs: LogGroup).</summary>
public sealed class LogGroup
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("logGroupName")]
    public string? LogGroupName { get; set; }

    /// <summary>When it was made, in milliseconds since 1970.</summary>
    [JsonPropertyName("creationTime")]
    public long? CreationTime { get; set; }

    /// <summary>After how many days events are deleted; null where never.</summary>
    [JsonPropertyName("retentionInDays")]
    public int? RetentionInDays { get; set; }

    /// <summary>How many metric filters it has.</summary>
    [JsonPropertyName("metricFilterCount")]
    public int? MetricFilterCount { get; set; }

    /// <summary>Its ARN, with <c>:*</c> behind.</summary>
    [JsonPropertyName("arn")]
    public string? Arn { get; set; }

    /// <summary>How many bytes it holds.</summary>
    [JsonPropertyName("storedBytes")]
    public long? StoredBytes { get; set; }

    /// <summary>Its class, such as STANDARD.</summary>
    [JsonPropertyName("logGroupClass")]
    public string? LogGroupClass { get; set; }

    /// <summary>Its ARN without anything behind.</summary>
    [JsonPropertyName("logGroupArn")]
    public string? LogGroupArn { get; set; }
}
