using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>One declared constraint on a member. Declared once, used by cmdlets before sending and by the local endpoint on receiving.</summary>
internal abstract class RuleAttribute : Attribute
{
    /// <summary>What is wrong with a value that is present; nothing where it is fine.</summary>
    /// <param name="value">The member's value, never null.</param>
    /// <returns>One sentence per problem, without the path, never containing the value of a sensitive member.</returns>
    public abstract IEnumerable<RuleFinding> Check(object value);

    /// <summary>True where the message may quote the value. Set by the checker from <see cref="SensitiveAttribute"/>.</summary>
    internal static string Quote(object value, bool sensitive) => sensitive ? "the value" : $"'{Shorten(value.ToString() ?? string.Empty)}'";

    private static string Shorten(string text) => text.Length <= 80 ? text : text.Substring(0, 77) + "...";
}

/// <summary>What one rule has to say about one value.</summary>
/// <param name="Message">A predicate about the value: "must be between 1 and 20". Never quotes the value.</param>
/// <param name="Severity">Whether it stops a request on the client.</param>
internal readonly record struct RuleFinding(string Message, ProblemSeverity Severity = ProblemSeverity.Error);

/// <summary>A rule that knows the one spelling of a value that people write in several ways.</summary>
internal interface INormalizer
{
    /// <summary>The spelling to send; a value that is not understood comes back as it is, for the rule to judge.</summary>
    /// <param name="value">What somebody wrote.</param>
    /// <returns>What to send.</returns>
    string Normalize(string value);
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
