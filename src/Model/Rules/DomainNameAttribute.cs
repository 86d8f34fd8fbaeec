using System;
using System.Collections.Generic;
using System.Linq;

namespace AppRunner.Model.Rules;

/// <summary>A domain name of two labels or more, or one after <c>*.</c>; which characters it may have is a pattern's matter.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DomainNameAttribute : RuleAttribute
{
    private const int LongestLabel = 63;

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is not string text || text.Length == 0)
            yield break;

        // One mistake is one finding: the pattern speaks of characters.
        if (text.Any(character => !(character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '*' or '.' or '-')))
            yield break;
        var labels = text.Split('.').Skip(text.StartsWith("*.", StringComparison.Ordinal) ? 1 : 0).ToArray();
        if (labels.Any(label => label.Contains('*')))
            yield return new RuleFinding("has a * that is not its first label, as in *.example.com");
        if (labels.Any(label => label.Length == 0))
            yield return new RuleFinding("has an empty label: it begins or ends with a dot, or has two in a row");
        else if (labels.Length < 2)
            yield return new RuleFinding("must be a whole domain such as example.com or *.example.com");
        if (labels.Any(label => label.Length > LongestLabel))
            yield return new RuleFinding($"has a label of more than {LongestLabel} characters");
        if (labels.Any(label => label.StartsWith("-", StringComparison.Ordinal) || label.EndsWith("-", StringComparison.Ordinal)))
            yield return new RuleFinding("has a label that begins or ends with a hyphen");
    }
}
