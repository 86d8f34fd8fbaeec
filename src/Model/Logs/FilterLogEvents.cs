using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Logs;

/// <summary>Reads streams of a log group together, oldest first (CloudWatch Logs: FilterLogEvents).</summary>
internal sealed class FilterLogEventsRequest : LogGroupRequest<FilterLogEventsResponse>, IPagedRequest
{
    /// <summary>Maximum events per page.</summary>
    public const int PageLimit = 10_000;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "FilterLogEvents";

    /// <summary>The streams. Without this and <see cref="LogStreamNamePrefix"/>: all of the group.</summary>
    [JsonPropertyName("logStreamNames")]
    [Length(1, 100)]
    public List<string>? LogStreamNames { get; set; }

    /// <summary>Prefix of the streams' names. Not together with <see cref="LogStreamNames"/>.</summary>
    [JsonPropertyName("logStreamNamePrefix")]
    [Length(1, 512)]
    public string? LogStreamNamePrefix { get; set; }

    /// <summary>The earliest time of the events, in milliseconds since 1970.</summary>
    [JsonPropertyName("startTime")]
    [Range(0, int.MaxValue)]
    public long? StartTime { get; set; }

    /// <summary>The latest time of the events, in milliseconds since 1970.</summary>
    [JsonPropertyName("endTime")]
    [Range(0, int.MaxValue)]
    public long? EndTime { get; set; }

    /// <summary>Filter pattern of the events.</summary>
    [JsonPropertyName("filterPattern")]
    [Length(0, 1024)]
    public string? FilterPattern { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Maximum events per page, 1 to 10,000. Default: 10,000.</summary>
    [JsonPropertyName("limit")]
    [Range(1, PageLimit)]
    public int? Limit { get; set; }

    /// <summary>Has no effect: events of several streams are always sorted together.</summary>
    [JsonPropertyName("interleaved")]
    public bool? Interleaved { get; set; }

    /// <inheritdoc/>
    int? IPagedRequest.MaxResults
    {
        get => Limit;
        set => Limit = value;
    }

    /// <inheritdoc/>
    public override IEnumerable<Problem> CheckTogether(object root) => base.CheckTogether(root).Concat(CheckStreams());

    private IEnumerable<Problem> CheckStreams()
    {
        if (LogStreamNames is not null && LogStreamNamePrefix is not null)
            yield return new Problem("logStreamNamePrefix", "cannot be combined with logStreamNames.");
    }
}

/// <summary>One page of FilterLogEvents. It may be empty even if there is a NextToken.</summary>
internal sealed class FilterLogEventsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The events of this page.</summary>
    [JsonPropertyName("events")]
    public List<FilteredLogEvent>? Events { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}

/// <summary>A line of a group (CloudWatch Logs: FilteredLogEvent). Times are in milliseconds since 1970.</summary>
internal sealed class FilteredLogEvent
{
    /// <summary>Its stream.</summary>
    [JsonPropertyName("logStreamName")]
    public string? LogStreamName { get; set; }

    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public long? Timestamp { get; set; }

    /// <summary>The line.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; set; }

    /// <summary>When CloudWatch Logs received it.</summary>
    [JsonPropertyName("ingestionTime")]
    public long? IngestionTime { get; set; }

    /// <summary>Its id, unique in the group.</summary>
    [JsonPropertyName("eventId")]
    public string? EventId { get; set; }
}
