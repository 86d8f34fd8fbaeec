using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AppRunner.Model.Rules;

/// <summary>The API's pattern of Memory: 512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288 MB, or 0.5, 1, 2, 3, 4, 6, 8, 10, 12 GB.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MemorySizeAttribute : RuleAttribute, INormalizer
{
    /// <summary>The pattern, without anchors.</summary>
    public const string Pattern = "512|1024|2048|3072|4096|6144|8192|10240|12288|(0\\.5|1|2|3|4|6|8|10|12) GB";

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is string text && text.Length > 0 && !Regex.IsMatch(text, "\\A(?:" + Pattern + ")\\z", RegexOptions.CultureInvariant))
            yield return new RuleFinding("must be one of 512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288 MB, or 0.5, 1, 2, 3, 4, 6, 8, 10, 12 GB");
    }

    /// <inheritdoc/>
    public string Normalize(string value) => InstanceSize.NormalizeMemory(value);
}
