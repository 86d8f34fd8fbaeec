using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>One declared constraint on a member. Cmdlets check it before sending, the local endpoint when it receives a request.</summary>
internal abstract class RuleAttribute : Attribute
{
    /// <summary>Checks a value that is present. Returns nothing if it is valid.</summary>
    /// <param name="value">The member's value, never null.</param>
    /// <returns>One sentence per problem, without the path, never containing the value of a sensitive member.</returns>
    public abstract IEnumerable<RuleViolation> Check(object value);

    /// <summary>Checks a value that may be a name in place of an ARN, because the caller resolves it before it sends.</summary>
    /// <param name="value">The member's value, never null.</param>
    /// <returns>As <see cref="Check"/>.</returns>
    public virtual IEnumerable<RuleViolation> CheckReference(object value) => Check(value);

    /// <summary>The value in quotes, or "the value" if it is sensitive (<see cref="SensitiveAttribute"/>).</summary>
    internal static string Quote(object value, bool sensitive) => sensitive ? "the value" : $"'{Shorten(value.ToString() ?? string.Empty)}'";

    private static string Shorten(string text) => text.Length <= 80 ? text : text.Substring(0, 77) + "...";
}

/// <summary>The violation of one rule by one value.</summary>
/// <param name="Message">A predicate of the value: "must be between 1 and 20". Never quotes the value.</param>
/// <param name="Severity">Whether the client refuses the request.</param>
/// <param name="Entry">The entry of a map that breaks the rule; empty for the value itself.</param>
internal readonly record struct RuleViolation(string Message, ProblemSeverity Severity = ProblemSeverity.Error, string Entry = "");

/// <summary>A rule that converts the accepted spellings of a value to the API's.</summary>
internal interface INormalizer
{
    /// <summary>Converts a value to the API's form. An unknown value is returned unchanged and fails the check.</summary>
    /// <param name="value">The value as written.</param>
    /// <returns>The value to send.</returns>
    string Normalize(string value);
}

/// <summary>A rule that knows the spellings of a value that mean the same.</summary>
internal interface ICanonicalForm
{
    /// <summary>The one spelling to compare, as the service returns it.</summary>
    /// <param name="value">The value as written.</param>
    /// <returns>The spelling; an unknown value is returned unchanged.</returns>
    string Canonical(string value);
}

/// <summary>App Runner keeps the current value of the member if an update leaves it out, so that an absent member is not compared.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeptIfAbsentAttribute : Attribute
{
}

/// <summary>The API's <c>required</c>: null and the empty string are problems.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredAttribute : Attribute
{
}

/// <summary>The API's <c>sensitive</c>: never shown in messages, verbose output, -WhatIf or default views.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SensitiveAttribute : Attribute
{
}
