using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Logs;

/// <summary>Lists the streams of a log group (CloudWatch Logs: DescribeLogStreams).</summary>
internal sealed class DescribeLogStreamsRequest : LogGroupRequest<DescribeLogStreamsResponse>, IPagedRequest
{
    /// <summary>Maximum streams per page.</summary>
    public const int PageLimit = 50;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeLogStreams";

    /// <summary>Prefix of the names. Not with the order LastEventTime.</summary>
    [JsonPropertyName("logStreamNamePrefix")]
    [Length(1, 512)]
    public string? LogStreamNamePrefix { get; set; }

    /// <summary>One of <see cref="LogStreamOrder"/>. Default: LogStreamName.</summary>
    [JsonPropertyName("orderBy")]
    [OneOf(typeof(LogStreamOrder))]
    public string? OrderBy { get; set; }

    /// <summary>Whether the order is descending. Default: false.</summary>
    [JsonPropertyName("descending")]
    public bool? Descending { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Maximum streams per page, 1 to 50. Default: 50.</summary>
    [JsonPropertyName("limit")]
    [Range(1, PageLimit)]
    public int? Limit { get; set; }

    /// <inheritdoc/>
    int? IPagedRequest.MaxResults
    {
        get => Limit;
        set => Limit = value;
    }

    /// <inheritdoc/>
    public override IEnumerable<Problem> CheckTogether(object root) => base.CheckTogether(root).Concat(CheckOrder());

    private IEnumerable<Problem> CheckOrder()
    {
        if (OrderBy == LogStreamOrder.LastEventTime && LogStreamNamePrefix is not null)
            yield return new Problem("orderBy", "LastEventTime cannot be combined with logStreamNamePrefix.");
    }
}

/// <summary>One page of DescribeLogStreams.</summary>
internal sealed class DescribeLogStreamsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The streams of this page.</summary>
    [JsonPropertyName("logStreams")]
    public List<LogStream>? LogStreams { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}

/// <summary>A log stream (CloudWatch Logs: LogStream). Times are in milliseconds since 1970.</summary>
internal sealed class LogStream
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("logStreamName")]
    public string? LogStreamName { get; set; }

    /// <summary>When it was created.</summary>
    [JsonPropertyName("creationTime")]
    public long? CreationTime { get; set; }

    /// <summary>The time of its oldest event; null if it has none.</summary>
    [JsonPropertyName("firstEventTimestamp")]
    public long? FirstEventTimestamp { get; set; }

    /// <summary>The time of its newest event, which AWS may report up to an hour late; null if it has none.</summary>
    [JsonPropertyName("lastEventTimestamp")]
    public long? LastEventTimestamp { get; set; }

    /// <summary>When CloudWatch Logs received the newest event.</summary>
    [JsonPropertyName("lastIngestionTime")]
    public long? LastIngestionTime { get; set; }

    /// <summary>Its ARN.</summary>
    [JsonPropertyName("arn")]
    public string? Arn { get; set; }

    /// <summary>Its size in bytes; AWS always returns 0.</summary>
    [JsonPropertyName("storedBytes")]
    public long? StoredBytes { get; set; }
}

/// <summary>Known values of the order of log streams (CloudWatch Logs: OrderBy).</summary>
internal static class LogStreamOrder
{
    /// <summary>By name.</summary>
    public const string LogStreamName = "LogStreamName";

    /// <summary>By the time of the newest event.</summary>
    public const string LastEventTime = "LastEventTime";
}
