using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>One page of DescribeLogGroups.</summary>
public sealed class DescribeLogGroupsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The groups of this page.</summary>
    [JsonPropertyName("logGroups")]
    public List<LogGroup>? LogGroups { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}
