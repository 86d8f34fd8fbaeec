using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Serialization;

namespace AppRunner.Model.Rules;

/// <summary>Checks a request against all rules.</summary>
internal static class RequestRules
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    /// <summary>All problems of a request, each with its path, in the order of the API's members.</summary>
    /// <param name="request">A request or any shape of it.</param>
    /// <param name="allowNames">Whether a name is valid where the API takes the ARN of an App Runner resource, because the caller resolves it before it sends.</param>
    /// <returns>Errors, unknown values and warnings; empty if there are none.</returns>
    public static IReadOnlyList<Problem> Check(object request, bool allowNames = false)
    {
        var problems = new List<Problem>();
        Walk(request, null, request, allowNames, problems);
        return problems;
    }

    /// <summary>Whether a class is one of the Model's shapes, whose members are checked too.</summary>
    /// <param name="type">Any type.</param>
    /// <returns>True for classes of this assembly with wire members.</returns>
    public static bool IsShape(Type type) => type.IsClass && type.Assembly == typeof(RequestRules).Assembly && !typeof(Delegate).IsAssignableFrom(type);

    /// <summary>The members of a shape that go over the wire, in the API's order.</summary>
    /// <param name="type">A shape.</param>
    /// <returns>Its properties.</returns>
    public static IReadOnlyList<PropertyInfo> WireMembers(Type type) => ShapeOf(type).Properties;

    /// <summary>The members of a shape that go over the wire with their declared attributes, in the API's order.</summary>
    internal static IReadOnlyList<ShapeMember> MembersOf(Type type) => ShapeOf(type).Members;

    private static Shape ShapeOf(Type type) => Shapes.GetOrAdd(type, static key => new Shape(key));

    // A loop and no query, because a thousand definitions have ten thousand members, and most of them no problem.
    private static void Walk(object shape, Position? above, object root, bool allowNames, List<Problem> problems)
    {
        foreach (var member in ShapeOf(shape.GetType()).Members)
        {
            var value = member.Property.GetValue(shape);
            if (value is null or "" or (ICollection { Count: 0 } and not IDictionary))
            {
                if (member.Required)
                    problems.Add(new Problem(Position.PathOf(above, member.Property.Name), "is required."));
                else if (value is "")
                    CheckValue(member, above, value, allowNames, problems, atMost: 1);
                continue;
            }

            CheckValue(member, above, value, allowNames, problems, int.MaxValue);
            if (value is string || value.GetType().IsValueType)
                continue;
            if (IsShape(value.GetType()))
            {
                Walk(value, new Position(above, member.Property.Name), root, allowNames, problems);
            }
            else if (value is IEnumerable list and not IDictionary)
            {
                var index = 0;
                foreach (var entry in list)
                {
                    var item = new Position(above, member.Property.Name, index++);
                    if (entry is null or "")
                        problems.Add(new Problem(item.ToString(), entry is null ? "is null." : "is empty."));
                    else if (IsShape(entry.GetType()))
                        Walk(entry, item, root, allowNames, problems);
                }
            }
        }

        if (shape is ICrossFieldRules crossField)
        {
            foreach (var problem in crossField.CheckTogether(root))
                problems.Add(problem.Under(above?.ToString() ?? string.Empty));
        }
    }

    private static void CheckValue(ShapeMember member, Position? above, object value, bool allowNames, List<Problem> problems, int atMost)
    {
        foreach (var rule in member.Rules)
        {
            foreach (var violation in allowNames ? rule.CheckReference(value) : rule.Check(value))
            {
                if (atMost-- == 0)
                    return;
                var subject = value is string || value.GetType().IsValueType ? RuleAttribute.Quote(value, member.Sensitive) + " " : string.Empty;
                var path = Position.PathOf(above, member.Property.Name);
                var end = violation.Message.EndsWith("?", StringComparison.Ordinal) ? string.Empty : ".";
                problems.Add(new Problem(violation.Entry.Length == 0 ? path : path + "." + violation.Entry, subject + violation.Message + end, violation.Severity));
            }
        }
    }

    private sealed class Shape
    {
        public Shape(Type type)
        {
            Members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanRead && p.CanWrite && p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .Select(p => new ShapeMember(p))
                .ToArray();
            Properties = Members.Select(member => member.Property).ToArray();
        }

        public ShapeMember[] Members { get; }

        public PropertyInfo[] Properties { get; }
    }

    // Where a shape stands in the request. The text is made for a problem only.
    private sealed class Position(Position? above, string member, int index = -1)
    {
        public static string PathOf(Position? above, string member) => above is null ? member : above + "." + member;

        public override string ToString() => index < 0 ? PathOf(above, member) : $"{PathOf(above, member)}[{index}]";
    }
}

/// <summary>A member of a shape, with its declared attributes.</summary>
internal sealed class ShapeMember(PropertyInfo property)
{
    public PropertyInfo Property { get; } = property;

    public string JsonName { get; } = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name;

    public bool Required { get; } = property.GetCustomAttribute<RequiredAttribute>() is not null;

    public bool Sensitive { get; } = property.GetCustomAttribute<SensitiveAttribute>() is not null;

    public bool KeptIfAbsent { get; } = property.GetCustomAttribute<KeptIfAbsentAttribute>() is not null;

    public DefaultAttribute? Default { get; } = property.GetCustomAttribute<DefaultAttribute>();

    public RuleAttribute[] Rules { get; } = property.GetCustomAttributes<RuleAttribute>().ToArray();
}

/// <summary>Rules that involve several members of a shape. The paths of the problems are relative to that shape.</summary>
internal interface ICrossFieldRules
{
    /// <summary>Checks the members together.</summary>
    /// <param name="root">The request that is checked: some rules apply to a create only.</param>
    /// <returns>The problems, with paths relative to this shape.</returns>
    IEnumerable<Problem> CheckTogether(object root);
}
