using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>Removes tags from a resource; a missing key is not an error (API: UntagResource).</summary>
public sealed class UntagResourceRequest : AppRunnerRequest<UntagResourceResponse>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "UntagResource";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ChangesState => true;

    /// <summary>The ARN of a service, auto scaling configuration, connection, observability configuration, VPC connector or VPC ingress connection. Required.</summary>
    [Required, Length(1, 1011), Arn("apprunner")]
    public string? ResourceArn { get; set; }

    /// <summary>The keys. Required.</summary>
    [Required, TagKeys]
    public List<string>? TagKeys { get; set; }
}

/// <summary>The response of UntagResource: nothing.</summary>
public sealed class UntagResourceResponse : AppRunnerResponse
{
}
