using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the streams of a log group (CloudWatch Logs: DescribeLogStreams).</summary>
public sealed class DescribeLogStreamsRequest : LogGroupRequest<DescribeLogStreamsResponse>, IPagedRequest
{
    /// <summary>Most streams of a page.</summary>
    public const int PageLimit = 50;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeLogStreams";

    /// <summary>What names must begin with. Not with the order LastEventTime.</summary>
    [JsonPropertyName("logStreamNamePrefix")]
    [Length(1, 512)]
    public string? LogStreamNamePrefix { get; set; }

    /// <summary>One of <see cref="LogStreamOrder"/>. Default: LogStreamName.</summary>
    [JsonPropertyName("orderBy")]
    [OneOf(typeof(LogStreamOrder))]
    public string? OrderBy { get; set; }

    /// <summary>Whether the order is turned round. Default: false.</summary>
    [JsonPropertyName("descending")]
    public bool? Descending { get; set; }

    /// <summary>Where the last page ended.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Most streams of a page, 1 to 50. Default: 50.</summary>
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
            yield return new Problem("orderBy", "LastEventTime does not go together with logStreamNamePrefix.");
    }
}
