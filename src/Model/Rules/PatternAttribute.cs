using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>pattern</c>, anchored here (the published ones are not), with words for people.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute : RuleAttribute
{
    private readonly Regex regex;

    /// <summary>Declares a pattern that the whole value must match.</summary>
    /// <param name="pattern">A regular expression; it is anchored at both ends.</param>
    /// <param name="meaning">What the pattern asks for, to follow "must be": <c>"4 to 40 letters, digits, - or _, beginning with a letter or digit"</c>.</param>
    public PatternAttribute(string pattern, string meaning)
    {
        Pattern = pattern;
        Meaning = meaning;
        regex = new Regex("\\A(?:" + pattern + ")\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    /// <summary>The pattern as declared, without anchors.</summary>
    public string Pattern { get; }

    /// <summary>What the pattern asks for, in words.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        if (value is string text && text.Length > 0 && !regex.IsMatch(text))
            yield return new RuleFinding("must be " + Meaning);
    }
}
