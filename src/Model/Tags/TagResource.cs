using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Adds tags to a resource; an existing key gets the new value (API: TagResource).</summary>
public sealed class TagResourceRequest : AppRunnerRequest<TagResourceResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "TagResource";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The ARN of a service, auto scaling configuration, connection, observability configuration, VPC connector or VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner")]
    public string? ResourceArn { get; set; }

    /// <summary>The tags, at most 50. Required.</summary>
    [Required, Tags]
    public List<Tag>? Tags { get; set; }
}

/// <summary>The response of TagResource: nothing.</summary>
public sealed class TagResourceResponse : AppRunnerResponse
{
}
