using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace AppRunner.Model.Rules;

/// <summary>The API's <c>enum</c>: the values known to this version. Other values are accepted, because the service may add values.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute : RuleAttribute, INormalizer, ICanonicalForm
{
    /// <summary>Declares the known values.</summary>
    /// <param name="values">A static class whose public string constants are the values.</param>
    public OneOfAttribute(Type values)
    {
        ValuesType = values;
        Values = ValuesOf(values);
    }

    /// <summary>The class with the values.</summary>
    public Type ValuesType { get; }

    /// <summary>The values, in the API's order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Words that can never become values, in the spelling of the API, with <see cref="ImpossibleReason"/>.</summary>
    public string[] Impossible { get; set; } = [];

    /// <summary>Why the words of <see cref="Impossible"/> are errors, and what to do instead: a predicate of the value.</summary>
    public string ImpossibleReason { get; set; } = string.Empty;

    /// <summary>The public string constants of a class of values, in the order of their declaration.</summary>
    /// <param name="type">The class.</param>
    /// <returns>The values.</returns>
    public static IReadOnlyList<string> ValuesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .OrderBy(field => field.MetadataToken)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToArray();

    /// <inheritdoc/>
    public string Normalize(string value) =>
        Values.FirstOrDefault(known => string.Equals(known, value, StringComparison.OrdinalIgnoreCase)) ?? value;

    /// <inheritdoc/>
    public string Canonical(string value) => Normalize(value);

    /// <inheritdoc/>
    public override IEnumerable<RuleViolation> Check(object value)
    {
        if (value is not string text || Values.Contains(text, StringComparer.Ordinal))
            yield break;
        if (text.Length == 0)
        {
            yield return new RuleViolation($"must be one of {string.Join(", ", Values)}");
        }
        else if (Impossible.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            yield return new RuleViolation(ImpossibleReason);
        }
        else
        {
            var question = Suggestions.Question(Suggestions.Nearest(text, Values));
            yield return new RuleViolation($"is not a known value ({string.Join(", ", Values)}){(question.Length > 0 ? "." + question : question)}", ProblemSeverity.UnknownValue);
        }
    }
}
