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
    private static readonly ConcurrentDictionary<Type, ShapeMember[]> Shapes = new();

    /// <summary>All problems of a request, each with its path, in the order of the API's members.</summary>
    /// <param name="request">A request or any shape of it.</param>
    /// <param name="allowNames">Whether a name is valid where the API takes the ARN of an App Runner resource, because the caller resolves it before it sends.</param>
    /// <returns>Errors, unknown values and warnings; empty if there are none.</returns>
    public static IReadOnlyList<Problem> Check(object request, bool allowNames = false)
    {
        var problems = new List<Problem>();
        Walk(request, string.Empty, request, allowNames, problems);
        return problems;
    }

    /// <summary>Whether a class is one of the Model's shapes, whose members are checked too.</summary>
    /// <param name="type">Any type.</param>
    /// <returns>True for classes of this assembly with wire members.</returns>
    public static bool IsShape(Type type) => type.IsClass && type.Assembly == typeof(RequestRules).Assembly && !typeof(Delegate).IsAssignableFrom(type);

    /// <summary>The members of a shape that go over the wire, in the API's order.</summary>
    /// <param name="type">A shape.</param>
    /// <returns>Its properties.</returns>
    public static IReadOnlyList<PropertyInfo> WireMembers(Type type) => MembersOf(type).Select(member => member.Property).ToArray();

    /// <summary>The members of a shape that go over the wire with their declared attributes, in the API's order.</summary>
    internal static IReadOnlyList<ShapeMember> MembersOf(Type type) => Shapes.GetOrAdd(type, static t =>
        t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.CanWrite && p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .Select(p => new ShapeMember(p))
            .ToArray());

    private static void Walk(object shape, string path, object root, bool allowNames, List<Problem> problems)
    {
        foreach (var member in MembersOf(shape.GetType()))
        {
            var here = path.Length == 0 ? member.Property.Name : path + "." + member.Property.Name;
            var value = member.Property.GetValue(shape);
            if (value is null or "" or (ICollection { Count: 0 } and not IDictionary))
            {
                if (member.Required)
                    problems.Add(new Problem(here, "is required."));
                else if (value is "")
                    problems.AddRange(CheckValue(member, here, value, allowNames).Take(1));
                continue;
            }

            problems.AddRange(CheckValue(member, here, value, allowNames));
            if (IsShape(value.GetType()))
            {
                Walk(value, here, root, allowNames, problems);
            }
            else if (value is IEnumerable list and not string and not IDictionary)
            {
                var index = 0;
                foreach (var entry in list)
                {
                    var itemPath = $"{here}[{index++}]";
                    if (entry is null or "")
                        problems.Add(new Problem(itemPath, entry is null ? "is null." : "is empty."));
                    else if (IsShape(entry.GetType()))
                        Walk(entry, itemPath, root, allowNames, problems);
                }
            }
        }

        if (shape is ICrossFieldRules crossField)
            problems.AddRange(crossField.CheckTogether(root).Select(problem => problem.Under(path)));
    }

    private static IEnumerable<Problem> CheckValue(ShapeMember member, string path, object value, bool allowNames) =>
        from rule in member.Rules
        from violation in allowNames ? rule.CheckReference(value) : rule.Check(value)
        let subject = value is string || value.GetType().IsValueType ? RuleAttribute.Quote(value, member.Sensitive) + " " : string.Empty
        let place = violation.Entry.Length == 0 ? path : path + "." + violation.Entry
        select new Problem(place, subject + violation.Message + (violation.Message.EndsWith("?", StringComparison.Ordinal) ? string.Empty : "."), violation.Severity);
}

/// <summary>A member of a shape, with its declared attributes.</summary>
internal sealed class ShapeMember(PropertyInfo property)
{
    public PropertyInfo Property { get; } = property;

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
