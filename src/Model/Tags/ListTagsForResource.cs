using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Lists the tags of a resource (API: ListTagsForResource).</summary>
public sealed class ListTagsForResourceRequest : AppRunnerRequest<ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "ListTagsForResource";

    /// <summary>The ARN of a service, auto scaling configuration, connection, observability configuration, VPC connector or VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner")]
    public string? ResourceArn { get; set; }
}

/// <summary>The response of ListTagsForResource.</summary>
public sealed class ListTagsForResourceResponse : AppRunnerResponse
{
    /// <summary>The tags.</summary>
    public List<Tag>? Tags { get; set; }
}
