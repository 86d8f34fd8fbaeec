using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>A list of keys of tags: each of 1 to 128 characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagKeysAttribute : RuleAttribute
{
    private static readonly RuleAttribute[] KeyRules = [.. (RuleAttribute[])typeof(Tag).GetProperty(nameof(Tag.Key))!.GetCustomAttributes(typeof(RuleAttribute), inherit: false)];

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        foreach (var key in (IReadOnlyCollection<string?>)value)
        {
            if (string.IsNullOrEmpty(key))
                continue;
            foreach (var rule in KeyRules)
            {
                foreach (var finding in rule.Check(key!))
                    yield return new RuleFinding($"has the key {Quote(key!, sensitive: false)}, which {finding.Message}", finding.Severity);
            }
        }
    }
}
