using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists log groups by name (CloudWatch Logs: DescribeLogGroups).</summary>
public sealed class DescribeLogGroupsRequest : LogsRequest<DescribeLogGroupsResponse>, IPagedRequest, ICrossFieldRules
{
    /// <summary>Most groups of a page.</summary>
    public const int PageLimit = 50;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "DescribeLogGroups";

    /// <summary>What names must begin with.</summary>
    [JsonPropertyName("logGroupNamePrefix")]
    [Length(1, 512)]
    public string? LogGroupNamePrefix { get; set; }

    /// <summary>What names must hold. Not together with <see cref="LogGroupNamePrefix"/>.</summary>
    [JsonPropertyName("logGroupNamePattern")]
    [Length(0, 512)]
    public string? LogGroupNamePattern { get; set; }

    /// <summary>Where the last page ended.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }

    /// <summary>Most groups of a page, 1 to 50. Default: 50.</summary>
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
            yield return new Problem("logGroupNamePattern", "does not go together with logGroupNamePrefix.");
    }
}
