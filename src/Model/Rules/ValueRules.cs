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
    /// <param name="maximum">Maximum characters or entries.</param>
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
            yield return new RuleViolation($"has {length} {unit}, but must have {Minimum} to {Maximum}");
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
        if (value is string text && text.Length > 0 && !regex.IsMatch(text))
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
        if (!int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            yield return new RuleViolation("must be a port between 1 and 65535");
    }
}

/// <summary>A shell command on one line: no line feed, no carriage return (the API's pattern of BuildCommand and StartCommand).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CommandAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is string text && text.IndexOfAny(['\r', '\n']) >= 0)
            yield return new RuleViolation("must be on one line; join commands with &&");
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

        // The pattern reports invalid characters; one finding is enough.
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
