using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>min</c> and <c>max</c> of a string (characters) or a list (entries).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LengthAttribute : RuleAttribute
{
    /// <summary>Declares a closed range of lengths.</summary>
    /// <param name="minimum">Minimum characters or entries.</param>
    /// <param name="maximum">Maximum characters or entries; <see cref="int.MaxValue"/> if there is no limit.</param>
    public LengthAttribute(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Minimum characters or entries.</summary>
    public int Minimum { get; }

    /// <summary>Maximum characters or entries.</summary>
    public int Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        var (length, unit) = value switch
        {
            string text => (text.Length, "characters"),
            ICollection list => (list.Count, "entries"),
            _ => (Minimum, string.Empty),
        };
        if (length < Minimum || length > Maximum)
            yield return new RuleViolation($"has {length} {unit}, but must have {(Maximum == int.MaxValue ? $"at least {Minimum}" : $"{Minimum} to {Maximum}")}");
    }
}

/// <summary>The API's <c>max</c> of each string of a list. An empty entry is always an error.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EntryLengthAttribute(int maximum) : RuleAttribute
{
    /// <summary>Maximum characters of an entry.</summary>
    public int Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        foreach (var entry in ((IEnumerable)value).OfType<string>().Where(entry => entry.Length > Maximum))
            yield return new RuleViolation($"has an entry of {entry.Length} characters, but each must have at most {Maximum}");
    }
}

/// <summary>The API's <c>min</c> and <c>max</c> of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeAttribute : RuleAttribute
{
    /// <summary>Declares a closed range.</summary>
    /// <param name="minimum">Minimum.</param>
    /// <param name="maximum">Maximum.</param>
    public RangeAttribute(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Minimum.</summary>
    public int Minimum { get; }

    /// <summary>Maximum; <see cref="int.MaxValue"/> if there is no limit.</summary>
    public int Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (number < Minimum || (number > Maximum && Maximum != int.MaxValue))
            yield return new RuleViolation(Maximum == int.MaxValue ? $"must be at least {Minimum}" : $"must be between {Minimum} and {Maximum}");
    }
}

/// <summary>The API's <c>pattern</c>, anchored here (the published patterns are not), with a description for messages.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatternAttribute : RuleAttribute
{
    private readonly Regex regex;

    /// <summary>Declares a pattern that the whole value must match.</summary>
    /// <param name="pattern">A regular expression; it is anchored at both ends.</param>
    /// <param name="meaning">The description of the pattern, to follow "must be": <c>"4 to 40 letters, digits, - or _, beginning with a letter or digit"</c>.</param>
    public PatternAttribute(string pattern, string meaning)
    {
        Pattern = pattern;
        Meaning = meaning;
        regex = new Regex("\\A(?:" + pattern + ")\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    /// <summary>The pattern as declared, without anchors.</summary>
    public string Pattern { get; }

    /// <summary>The description of the pattern.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string text && !regex.IsMatch(text))
            yield return new RuleViolation("must be " + Meaning);
    }
}

/// <summary>A TCP port, a string in App Runner's API: 1 to 65535.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PortAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        // TryParse ignores null characters at the end.
        if (value is not string text || text.Any(c => c is < '0' or > '9') || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            yield return new RuleViolation("must be a port between 1 and 65535");
    }
}

/// <summary>A domain name of at least two labels, or <c>*.</c> and at least one label. A pattern checks the characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainNameAttribute : RuleAttribute
{
    private const int MaxLabelLength = 63;

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is not string text || text.Length == 0)
            yield break;

        // The pattern reports invalid characters; one violation is enough.
        if (text.Any(character => !(character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '*' or '.' or '-')))
            yield break;
        var labels = text.Split('.').Skip(text.StartsWith("*.", StringComparison.Ordinal) ? 1 : 0).ToArray();
        if (labels.Any(label => label.Contains('*')))
            yield return new RuleViolation("can have * only as its first label, such as *.example.com");
        if (labels.Any(label => label.Length == 0))
            yield return new RuleViolation("has an empty label: it begins or ends with a dot, or has two in a row");
        else if (labels.Length < 2)
            yield return new RuleViolation("must be a full domain name such as example.com or *.example.com");
        if (labels.Any(label => label.Length > MaxLabelLength))
            yield return new RuleViolation($"has a label of more than {MaxLabelLength} characters");
        if (labels.Any(label => label.StartsWith("-", StringComparison.Ordinal) || label.EndsWith("-", StringComparison.Ordinal)))
            yield return new RuleViolation("has a label that begins or ends with a hyphen");
    }
}
