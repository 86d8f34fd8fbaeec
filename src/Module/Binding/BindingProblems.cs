using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Problems found while a parameter was converted. They are kept with the object until the whole request is checked, so that
/// one error reports all of them, with this module's error id instead of the engine's.
/// </summary>
internal static class BindingProblems
{
    private static readonly ConditionalWeakTable<object, IReadOnlyList<Problem>> Table = new();

    /// <summary>Keeps the problems of an object.</summary>
    /// <param name="bound">The converted object.</param>
    /// <param name="problems">The problems of the input; paths start at the object.</param>
    public static void Attach(object bound, IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            Table.Add(bound, problems);
    }

    /// <summary>The known value that an argument of a cmdlet means, in any case. Only where no other value can exist.</summary>
    /// <param name="known">The known values.</param>
    /// <param name="value">The argument.</param>
    /// <param name="parameter">The parameter, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidParameterException">It is not a known value.</exception>
    public static string Require(this OneOfAttribute known, string value, string parameter)
    {
        var normal = known.Normalize(value);
        foreach (var violation in known.Check(normal))
            throw new InvalidParameterException(FailureText.Sentence($"{parameter}: '{value}' {violation.Message}"));
        return normal;
    }

    /// <summary>The problems of an object, with paths from its parent.</summary>
    /// <param name="bound">A parameter's value, converted or not; may be null.</param>
    /// <param name="member">The member or parameter that has this value.</param>
    /// <returns>The problems.</returns>
    public static IEnumerable<Problem> Of(object? bound, string member) =>
        bound is not null && Table.TryGetValue(bound, out var problems) ? problems.Select(problem => problem.Under(member)) : [];
}
