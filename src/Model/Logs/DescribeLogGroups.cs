using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Logs;

/// <summary>Lists log groups by name (CloudWatch Logs: DescribeLogGroups).</summary>
internal sealed class DescribeLogGroupsRequest : LogsRequest<DescribeLogGroupsResponse>, IPagedRequest, ICrossFieldRules
{
    /// <summary>Maximum groups per page.</summary>
    public const int PageLimit = 50;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeLogGroups";

    /// <summary>Prefix of the names.</summary>
    [JsonPropertyName("logGroupNamePrefix")]
    [Length(1, 512)]
    public string? LogGroupNamePrefix { get; set; }

    /// <summary>Part of the names. Not together with <see cref="LogGroupNamePrefix"/>.</summary>
    [JsonPropertyName("logGroupNamePattern")]
    [Length(0, 512)]
    public string? LogGroupNamePattern { get; set; }

    /// <summary>The NextToken of the previous page; null for the first page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Maximum groups per page, 1 to 50. Default: 50.</summary>
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
    public IEnumerable<Problem> CheckTogether(object root)
    {
        if (LogGroupNamePrefix is not null && LogGroupNamePattern is not null)
            yield return new Problem("logGroupNamePattern", "cannot be combined with logGroupNamePrefix.");
    }
}

/// <summary>One page of DescribeLogGroups.</summary>
internal sealed class DescribeLogGroupsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The groups of this page.</summary>
    [JsonPropertyName("logGroups")]
    public List<LogGroup>? LogGroups { get; set; }

    /// <summary>The token of the next page; null on the last page.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}

/// <summary>A log group (CloudWatch Logs: LogGroup).</summary>
internal sealed class LogGroup
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("logGroupName")]
    public string? LogGroupName { get; set; }

    /// <summary>When it was created, in milliseconds since 1970.</summary>
    [JsonPropertyName("creationTime")]
    public long? CreationTime { get; set; }

    /// <summary>Retention of the events in days; null if they are kept forever.</summary>
    [JsonPropertyName("retentionInDays")]
    public int? RetentionInDays { get; set; }

    /// <summary>How many metric filters it has.</summary>
    [JsonPropertyName("metricFilterCount")]
    public int? MetricFilterCount { get; set; }

    /// <summary>Its ARN, with the suffix <c>:*</c>.</summary>
    [JsonPropertyName("arn")]
    public string? Arn { get; set; }

    /// <summary>Its size in bytes.</summary>
    [JsonPropertyName("storedBytes")]
    public long? StoredBytes { get; set; }

    /// <summary>Its class, such as STANDARD.</summary>
    [JsonPropertyName("logGroupClass")]
    public string? LogGroupClass { get; set; }

    /// <summary>Its ARN without a suffix.</summary>
    [JsonPropertyName("logGroupArn")]
    public string? LogGroupArn { get; set; }
}
