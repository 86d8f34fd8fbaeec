using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>A list of tags: at most 50, no key twice. What a key and a value may be is declared on <see cref="Tag"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagsAttribute : RuleAttribute
{
    /// <summary>Most tags of a resource.</summary>
    public const int Most = 50;

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        var tags = (IReadOnlyCollection<Tag?>)value;
        if (tags.Count > Most)
            yield return new RuleFinding($"has {tags.Count} entries; allowed are 0 to {Most}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (tag?.Key is { } key && !seen.Add(key))
                yield return new RuleFinding($"has the key '{key}' twice");
        }
    }
}
