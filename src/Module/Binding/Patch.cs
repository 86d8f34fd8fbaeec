using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Objects that were made from named members, as from a hashtable, in contrast to typed objects of the caller: on an update they change
/// only what they name. A typed object has no way to say "remove this", so the members that a dictionary clears are kept beside it.
/// </summary>
internal static class Patch
{
    private static readonly ConditionalWeakTable<object, HashSet<string>> Cleared = new();

    /// <summary>Marks an object as made from named members.</summary>
    /// <param name="shape">The new object.</param>
    /// <param name="cleared">The members that are to be cleared.</param>
    public static void Record(object shape, HashSet<string> cleared) => Cleared.Add(shape, cleared);

    /// <summary>Removes the mark: for a new service, cleared means not given.</summary>
    /// <param name="shape">The object.</param>
    public static void Forget(object shape) => Cleared.Remove(shape);

    /// <summary>Takes back that an object clears a member.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="member">The member.</param>
    public static void Forget(object shape, string member)
    {
        if (Cleared.TryGetValue(shape, out var cleared))
            cleared.Remove(member);
    }

    /// <summary>Whether an object was made from named members.</summary>
    /// <param name="shape">The object; may be null.</param>
    /// <returns>False for a typed object of the caller.</returns>
    public static bool Is(object? shape) => shape is not null && Cleared.TryGetValue(shape, out _);

    /// <summary>The members that an object clears. One of them may have got a value since, which then counts.</summary>
    /// <param name="shape">The object.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> ClearedMembers(object shape) => MembersClearedBy(shape) ?? (IEnumerable<string>)[];

    /// <summary>The members that an object clears, for a loop over its members.</summary>
    /// <param name="shape">The object.</param>
    /// <returns>Their names; null if it was not made from named members.</returns>
    public static HashSet<string>? MembersClearedBy(object shape) => Cleared.TryGetValue(shape, out var cleared) ? cleared : null;

    /// <summary>Whether an object clears a member, if the member has no value.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="member">The member.</param>
    /// <returns>True if it does.</returns>
    public static bool Clears(object shape, string member) => Cleared.TryGetValue(shape, out var cleared) && cleared.Contains(member);

    /// <summary>Whether an object clears members that the current value has.</summary>
    /// <param name="change">The object; may be null.</param>
    /// <param name="current">The current value; may be null.</param>
    /// <returns>True if there is something to clear.</returns>
    public static bool ClearsAny(object? change, object? current) => change is not null && current is not null && RequestRules.WireMembers(change.GetType()).Any(member => member.GetValue(change) is { } value
        ? RequestRules.IsShape(value.GetType()) && ClearsAny(value, member.GetValue(current))
        : Clears(change, member.Name) && HasValue(member.GetValue(current)));

    /// <summary>Whether a member's value is one, and not empty.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False for null and for empty texts, maps and lists.</returns>
    public static bool HasValue(object? value) => value is not (null or "" or ICollection { Count: 0 });

    /// <summary>Applies a change to the current value: a patch changes what it names, a typed object replaces the whole.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="current">The current value; may be null. It is not changed.</param>
    /// <param name="change">The change. It is not changed.</param>
    /// <param name="isPatch">Whether a typed object changes only what it names, too.</param>
    /// <returns>A new object.</returns>
    public static T Apply<T>(T? current, T change, bool isPatch = false)
        where T : class, new() => (T)ApplyTo(WireJson.Clone(current), change, isPatch || Is(change));

    /// <summary>A typed object of the caller without its empty texts: PowerShell writes '' where a script assigns $null, so they mean "not given". A tag's value may be empty.</summary>
    /// <param name="shape">The object. It is not changed.</param>
    /// <returns>The object itself, or a copy.</returns>
    public static object WithoutEmptyTexts(object shape)
    {
        if (!HasEmptyText(shape))
            return shape;
        var copy = WireJson.Clone(shape)!;
        RemoveEmptyTexts(copy);
        return copy;
    }

    private static object ApplyTo(object? current, object change, bool isPatch)
    {
        if (!isPatch)
            return WireJson.Clone(change)!;
        var result = current ?? Activator.CreateInstance(change.GetType())!;
        var cleared = MembersClearedBy(change);
        foreach (var member in RequestRules.WireMembers(change.GetType()))
        {
            if (member.GetValue(change) is not { } value)
            {
                if (cleared?.Contains(member.Name) == true)
                    member.SetValue(result, null);
                continue;
            }

            // Maps and lists are replaced.
            member.SetValue(result, RequestRules.IsShape(value.GetType()) ? ApplyTo(member.GetValue(result), value, Is(value)) : value);
        }

        return result;
    }

    private static bool HasEmptyText(object shape) => RequestRules.WireMembers(shape.GetType()).Any(member =>
        member.GetValue(shape) is { } value && (value is "" || (RequestRules.IsShape(value.GetType()) && HasEmptyText(value))));

    private static void RemoveEmptyTexts(object shape)
    {
        foreach (var member in RequestRules.WireMembers(shape.GetType()))
        {
            var value = member.GetValue(shape);
            if (value is "")
                member.SetValue(shape, null);
            else if (value is not null && RequestRules.IsShape(value.GetType()))
                RemoveEmptyTexts(value);
        }
    }
}
