using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>The value is an ARN of the given service and kind. Partition and region are not judged: a new one is not an error.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ArnAttribute : RuleAttribute
{
    /// <summary>Declares an ARN.</summary>
    /// <param name="service">The ARN's service, such as <c>apprunner</c>, <c>iam</c>, <c>kms</c>.</param>
    /// <param name="resourceType">The first word of its resource part, such as <c>service</c> or <c>role</c>; null for any.</param>
    public ArnAttribute(string service, string? resourceType = null)
    {
        Service = service;
        ResourceType = resourceType;
    }

    /// <summary>The ARN's service.</summary>
    public string Service { get; }

    /// <summary>The first word of the resource part; null for any.</summary>
    public string? ResourceType { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is not string text || text.Length == 0)
            yield break;
        if (!Arn.TryParse(text, out var arn) || arn.Service != Service || (ResourceType is not null && arn.ResourceType != ResourceType) || arn.ResourcePath.Length == 0)
        {
            var region = Service == "iam" ? string.Empty : "REGION";
            yield return new RuleFinding($"must be an ARN like arn:aws:{Service}:{region}:123456789012:{ResourceType ?? "TYPE"}/NAME");
        }
    }
}
