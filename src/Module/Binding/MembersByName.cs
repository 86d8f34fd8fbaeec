using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>The members of shapes by their names and aliases, and copies from one shape to another: a member is declared once and never listed again.</summary>
internal static class MembersByName
{
    private static readonly Dictionary<Type, Dictionary<string, PropertyInfo>> Shapes = [];

    /// <summary>The members of a shape.</summary>
    /// <param name="type">The shape.</param>
    /// <returns>Each under its name and all its aliases; case does not matter.</returns>
    public static IReadOnlyDictionary<string, PropertyInfo> Of(Type type)
    {
        lock (Shapes)
        {
            if (!Shapes.TryGetValue(type, out var members))
            {
                members = RequestRules.WireMembers(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
                foreach (var member in members.Values.ToArray())
                {
                    foreach (var alias in member.GetCustomAttributes<AliasAttribute>().SelectMany(attribute => attribute.AliasNames))
                        members[alias] = member;
                }

                Shapes[type] = members;
            }

            return members;
        }
    }

    /// <summary>Gives a shape the members of another one that have the same name and type, where there is something to give.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="source">The other shape; may be null. Its members that are null stay out.</param>
    /// <param name="target">The shape.</param>
    /// <returns>The same shape.</returns>
    public static T CopyTo<T>(this object? source, T target)
        where T : class
    {
        if (source is null)
            return target;
        var sources = Of(source.GetType());
        foreach (var pair in Of(typeof(T)))
        {
            if (sources.TryGetValue(pair.Key, out var member) && member.PropertyType == pair.Value.PropertyType && member.GetValue(source) is { } value)
                pair.Value.SetValue(target, value);
        }

        return target;
    }
}
