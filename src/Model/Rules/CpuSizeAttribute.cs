using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AppRunner.Model.Rules;

/// <summary>The API's pattern of Cpu: 256, 512, 1024, 2048, 4096 CPU units, or 0.25, 0.5, 1, 2, 4 vCPU.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CpuSizeAttribute : RuleAttribute, INormalizer
{
    /// <summary>The pattern, without anchors.</summary>
    public const string Pattern = "256|512|1024|2048|4096|(0\\.25|0\\.5|1|2|4) vCPU";

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is string text && text.Length > 0 && !Regex.IsMatch(text, "\\A(?:" + Pattern + ")\\z", RegexOptions.CultureInvariant))
            yield return new RuleFinding("must be one of 256, 512, 1024, 2048, 4096 CPU units, or 0.25, 0.5, 1, 2, 4 vCPU");
    }

    /// <inheritdoc/>
    public string Normalize(string value) => InstanceSize.NormalizeCpu(value);
}
