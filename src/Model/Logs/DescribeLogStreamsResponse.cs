using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AppRunner.Model;

/// <summary>One page of DescribeLogStreams.</summary>
public sealed class DescribeLogStreamsResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The streams of this page.</summary>
    [JsonPropertyName("logStreams")]
    public List<LogStream>? LogStreams { get; set; }

    /// <summary>Where this page ended; null on the last one.</summary>
    [JsonPropertyName("nextToken")]
    public string? NextToken { get; set; }
}
