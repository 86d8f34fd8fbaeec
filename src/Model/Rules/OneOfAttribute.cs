using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
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
    public static IReadOnlyList<string> ValuesOf(Type type) => [.. ConstantsOf(type).Select(ValueOf)];

    /// <summary>The public string constants of a class of values with what is declared about them, in the order of their declaration.</summary>
    /// <param name="type">The class.</param>
    /// <returns>The values.</returns>
    public static IReadOnlyList<KnownValue> KnownValuesOf(Type type) =>
    [
        .. ConstantsOf(type).Select(field => new KnownValue(
            ValueOf(field), field.GetCustomAttribute<DescriptionAttribute>()?.Description ?? string.Empty, field.GetCustomAttribute<EndOfSupportAttribute>()?.Date)),
    ];

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

    private static IEnumerable<FieldInfo> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .OrderBy(field => field.MetadataToken);

    private static string ValueOf(FieldInfo constant) => (string)constant.GetRawConstantValue()!;
}

/// <summary>A known value.</summary>
/// <param name="Value">The value, as in the API.</param>
/// <param name="Description">What it means, for people; empty if nothing is declared.</param>
/// <param name="EndOfSupport">The last day of its support; null if it is supported.</param>
internal sealed record KnownValue(string Value, string Description, DateTime? EndOfSupport);

/// <summary>Declares the day on which the support of a known value ended.</summary>
/// <param name="date">Such as <c>2025-12-01</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class EndOfSupportAttribute(string date) : Attribute
{
    /// <summary>The day.</summary>
    public DateTime Date { get; } = DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Formats the day for messages.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Such as <c>1 December 2025</c>.</returns>
    public static string Format(DateTime day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
