using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>Finds the members of shapes by name and alias, and copies members between shapes by name, so that no code lists them.</summary>
internal static class MembersByName
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    /// <summary>The members of a shape.</summary>
    /// <param name="type">The shape.</param>
    /// <returns>The members by name and by alias; not case-sensitive.</returns>
    public static IReadOnlyDictionary<string, PropertyInfo> Of(Type type) => ShapeOf(type).Members;

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
        var cleared = Patch.MembersClearedBy(source);
        foreach (var (from, to) in ShapeOf(source.GetType()).CommonWith(typeof(T)))
        {
            if (from.GetValue(source) is { } value)
                to.SetValue(target, value);
            else if (cleared?.Contains(from.Name) == true)
                to.SetValue(target, null);
        }

        return target;
    }

    private static Shape ShapeOf(Type type) => Shapes.GetOrAdd(type, static key => new Shape(key));

    private sealed class Shape
    {
        private readonly ConcurrentDictionary<Type, Pair[]> common = new();

        public Shape(Type type)
        {
            Members = RequestRules.WireMembers(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
            foreach (var member in Members.Values.ToArray())
            {
                foreach (var alias in member.GetCustomAttributes<AliasAttribute>().SelectMany(attribute => attribute.AliasNames))
                    Members[alias] = member;
            }
        }

        public Dictionary<string, PropertyInfo> Members { get; }

        public Pair[] CommonWith(Type target) => common.GetOrAdd(target, key => Of(key)
            .Where(pair => Members.TryGetValue(pair.Key, out var member) && member.PropertyType == pair.Value.PropertyType)
            .Select(pair => new Pair(Members[pair.Key], pair.Value)).ToArray());
    }

    // A class: collections over value types are compiled for each of them.
    private sealed record Pair(PropertyInfo From, PropertyInfo To);
}
