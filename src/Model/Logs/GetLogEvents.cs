using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Logs;

/// <summary>Reads one stream, forwards or backwards (CloudWatch Logs: GetLogEvents).</summary>
internal sealed class GetLogEventsRequest : LogGroupRequest<GetLogEventsResponse>
{
    /// <summary>Maximum events per page.</summary>
    public const int PageLimit = 10_000;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "GetLogEvents";

    /// <summary>The stream. Required.</summary>
    [JsonPropertyName("logStreamName")]
    [Required, Length(1, 512)]
    public string? LogStreamName { get; set; }

    /// <summary>The earliest time of the events, in milliseconds since 1970.</summary>
    [JsonPropertyName("startTime")]
    [Range(0, int.MaxValue)]
    public long? StartTime { get; set; }

    /// <summary>The time before which events must be, in milliseconds since 1970.</summary>
    [JsonPropertyName("endTime")]
    [Range(0, int.MaxValue)]
    public long? EndTime { get; set; }

    /// <summary>The forward or backward token of the previous page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Maximum events per page, 1 to 10,000. Default: as many as fit in 1 MiB.</summary>
    [JsonPropertyName("limit")]
    [Range(1, PageLimit)]
    public int? Limit { get; set; }

    /// <summary>Whether the first page has the oldest events. Default: false, the newest ones.</summary>
    [JsonPropertyName("startFromHead")]
    public bool? StartFromHead { get; set; }
}

/// <summary>One page of GetLogEvents, oldest first.</summary>
internal sealed class GetLogEventsResponse : AppRunnerResponse
{
    /// <summary>The events of this page.</summary>
    [JsonPropertyName("events")]
    public List<OutputLogEvent>? Events { get; set; }

    /// <summary>The token of the next (newer) page; equal to the sent token at the end of the stream.</summary>
    [JsonPropertyName("nextForwardToken")]
    public string? NextForwardToken { get; set; }

    /// <summary>The token of the previous (older) page; equal to the sent token at the start of the stream.</summary>
    [JsonPropertyName("nextBackwardToken")]
    public string? NextBackwardToken { get; set; }
}

/// <summary>A line of a stream (CloudWatch Logs: OutputLogEvent). Times are in milliseconds since 1970.</summary>
internal sealed class OutputLogEvent
{
    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public long? Timestamp { get; set; }

    /// <summary>The line.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; set; }

    /// <summary>When CloudWatch Logs received it.</summary>
    [JsonPropertyName("ingestionTime")]
    public long? IngestionTime { get; set; }
}
