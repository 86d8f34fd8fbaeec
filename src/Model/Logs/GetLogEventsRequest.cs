using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Reads one stream, forwards or backwards (CloudWatch Logs: GetLogEvents).</summary>
public sealed class GetLogEventsRequest : LogGroupRequest<GetLogEventsResponse>
{
    /// <summary>Most events of a page.</summary>
    public const int PageLimit = 10_000;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "GetLogEvents";

    /// <summary>The stream. Required.</summary>
    [JsonPropertyName("logStreamName")]
    [Required, Length(1, 512)]
    public string? LogStreamName { get; set; }

    /// <summary>The first time that events may have, in milliseconds since 1970.</summary>
    [JsonPropertyName("startTime")]
    [Range(0, int.MaxValue)]
    public long? StartTime { get; set; }

    /// <summary>The time before which events must be, in milliseconds since 1970.</summary>
    [JsonPropertyName("endTime")]
    [Range(0, int.MaxValue)]
    public long? EndTime { get; set; }

    /// <summary>A token of the last page: its forward token goes on, its backward token goes back.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Most events of a page, 1 to 10,000. Default: as many as there are in 1 MiB.</summary>
    [JsonPropertyName("limit")]
    [Range(1, PageLimit)]
    public int? Limit { get; set; }

    /// <summary>Whether the first page has the oldest events. Default: false, the newest ones.</summary>
    [JsonPropertyName("startFromHead")]
    public bool? StartFromHead { get; set; }
}
