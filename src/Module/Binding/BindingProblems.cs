using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Problems found while a parameter was converted. They travel with the object until the whole request is checked, so that
/// a user hears of all of them at once, and with this module's error id instead of the engine's.
/// </summary>
internal static class BindingProblems
{
    private static readonly ConditionalWeakTable<object, IReadOnlyList<Problem>> Table = new();

    /// <summary>Notes the problems of an object.</summary>
    /// <param name="bound">The object that came out.</param>
    /// <param name="problems">What was wrong with what went in; paths begin at the object.</param>
    public static void Attach(object bound, IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
            Table.Add(bound, problems);
    }

    /// <summary>The problems of an object, seen from what holds it.</summary>
    /// <param name="bound">An object that may have been converted; may be null.</param>
    /// <param name="member">The member or parameter that holds it.</param>
    /// <returns>The problems.</returns>
    public static IEnumerable<Problem> Of(object? bound, string member) =>
        bound is not null && Table.TryGetValue(bound, out var problems) ? problems.Select(problem => problem.Under(member)) : [];
}
