using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Finds the members of shapes by name and alias, and copies members between shapes by name, so that no code lists them.</summary>
internal static class MembersByName
{
    private static readonly Dictionary<Type, Dictionary<string, PropertyInfo>> Shapes = [];

    /// <summary>The members of a shape.</summary>
    /// <param name="type">The shape.</param>
    /// <returns>The members by name and by alias; not case-sensitive.</returns>
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

    /// <summary>Copies the members that are not null and have the same name and type in both shapes. Members that the source clears are cleared.</summary>
    /// <typeparam name="T">The shape.</typeparam>
    /// <param name="source">The shape to copy from; may be null.</param>
    /// <param name="target">The shape to copy to.</param>
    /// <returns>The target.</returns>
    public static T CopyTo<T>(this object? source, T target)
        where T : class
    {
        if (source is null)
            return target;
        var sources = Of(source.GetType());
        foreach (var pair in Of(typeof(T)))
        {
            if (!sources.TryGetValue(pair.Key, out var member) || member.PropertyType != pair.Value.PropertyType)
                continue;
            if (member.GetValue(source) is { } value)
                pair.Value.SetValue(target, value);
            else if (Patch.Clears(source, member.Name))
                pair.Value.SetValue(target, null);
        }

        return target;
    }
}
