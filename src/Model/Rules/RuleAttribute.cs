using System;
using System.Collections.Generic;

namespace AppRunner.Model.Rules;

/// <summary>One declared constraint on a member. Declared once, used by cmdlets before sending and by the local endpoint on receiving.</summary>
public abstract class RuleAttribute : Attribute
{
    /// <summary>What is wrong with a value that is present; nothing where it is fine.</summary>
    /// <param name="value">The member's value, never null.</param>
    /// <returns>One sentence per problem, without the path, never containing the value of a sensitive member.</returns>
    public abstract IEnumerable<RuleFinding> Check(object value);

    /// <summary>True where the message may quote the value. Set by the checker from <see cref="SensitiveAttribute"/>.</summary>
    internal static string Quote(object value, bool sensitive) => sensitive ? "the value" : $"'{Shorten(value.ToString() ?? string.Empty)}'";

    private static string Shorten(string text) => text.Length <= 80 ? text : text.Substring(0, 77) + "...";
}
