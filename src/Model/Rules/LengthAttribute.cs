using System;
using System.Collections;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>min</c> and <c>max</c> of a string (characters) or a list (entries).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthAttribute : RuleAttribute
{
    /// <summary>Declares a closed range of lengths.</summary>
    /// <param name="minimum">Fewest characters or entries.</param>
    /// <param name="maximum">Most characters or entries.</param>
    public LengthAttribute(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Fewest characters or entries.</summary>
    public int Minimum { get; }

    /// <summary>Most characters or entries.</summary>
    public int Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        var (length, unit) = value switch
        {
            string text => (text.Length, "characters"),
            ICollection list => (list.Count, "entries"),
            _ => (Minimum, string.Empty),
        };
        if (length < Minimum || length > Maximum)
            yield return new RuleFinding($"has {length} {unit}; allowed are {Minimum} to {Maximum}");
    }
}
