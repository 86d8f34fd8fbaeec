using System;
using System.Collections.Generic;
using System.Globalization;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>min</c> and <c>max</c> of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute : RuleAttribute
{
    /// <summary>Declares a closed range.</summary>
    /// <param name="minimum">Smallest allowed value.</param>
    /// <param name="maximum">Largest allowed value.</param>
    public RangeAttribute(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Smallest allowed value.</summary>
    public int Minimum { get; }

    /// <summary>Largest allowed value; <see cref="int.MaxValue"/> where there is no limit.</summary>
    public int Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<RuleFinding> Check(object value)
    {
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (number < Minimum || (number > Maximum && Maximum != int.MaxValue))
            yield return new RuleFinding(Maximum == int.MaxValue ? $"is less than {Minimum}" : $"is not between {Minimum} and {Maximum}");
    }
}
