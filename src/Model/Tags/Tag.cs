using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A key and a value on a resource (API: Tag).</summary>
public sealed class Tag
{
    private const string ReservedPrefix = "aws:";

    /// <summary>1 to 128 characters, not beginning with <c>aws:</c>. Required.</summary>
    [Required, Length(1, 128), Pattern("(?!" + ReservedPrefix + ")[\\s\\S]+", "a key that does not begin with " + ReservedPrefix)]
    public string? Key { get; set; }

    /// <summary>0 to 256 characters.</summary>
    [Length(0, 256)]
    public string? Value { get; set; }

    /// <summary>The resource that has the tag, where Get-ARResourceTag read it, so that it can be piped to other cmdlets. Not part of the API's shape.</summary>
    [JsonIgnore]
    public string? ResourceArn { get; set; }

    /// <summary>Whether services of AWS set it, such as <c>aws:cloudformation:stack-name</c>. Users cannot.</summary>
    internal bool IsReserved => Key?.StartsWith(ReservedPrefix, StringComparison.Ordinal) == true;

    /// <summary>Key and value.</summary>
    /// <returns><c>key=value</c>.</returns>
    public override string ToString() => Key + "=" + Value;
}

/// <summary>A list of tags: at most 50, no duplicate keys. The rules for keys and values are declared on <see cref="Tag"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagsAttribute : RuleAttribute
{
    /// <summary>Maximum tags of a resource.</summary>
    public const int MaxCount = 50;

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        var tags = (IReadOnlyCollection<Tag?>)value;
        if (tags.Count > MaxCount)
            yield return new RuleViolation($"has {tags.Count} entries, but must have at most {MaxCount}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (tag?.Key is { } key && !seen.Add(key))
                yield return new RuleViolation($"has the key \"{key}\" twice");
        }
    }
}

/// <summary>A list of keys of tags: each of 1 to 128 characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagKeysAttribute : RuleAttribute
{
    private static readonly RuleAttribute[] KeyRules = [.. (RuleAttribute[])typeof(Tag).GetProperty(nameof(Tag.Key))!.GetCustomAttributes(typeof(RuleAttribute), inherit: false)];

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        foreach (var key in (IReadOnlyCollection<string?>)value)
        {
            if (string.IsNullOrEmpty(key))
                continue;
            foreach (var rule in KeyRules)
            {
                foreach (var violation in rule.Check(key!))
                    yield return new RuleViolation($"has the key {Quote(key!, sensitive: false)}, which {violation.Message}", violation.Severity);
            }
        }
    }
}
