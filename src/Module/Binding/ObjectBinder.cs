using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Converts hashtables, PSCustomObjects, JSON and CSV rows to typed objects, nested to any depth. It never throws for invalid input:
/// each problem is reported with its path, and the valid members are kept.
/// </summary>
internal sealed class ObjectBinder(ICollection<Problem> problems)
{
    /// <summary>Converts a value.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <param name="target">The type to convert to.</param>
    /// <param name="path">The path of the value, for problems.</param>
    /// <param name="member">The member to set, for its rules; may be null.</param>
    /// <returns>The converted value; null if there is none or it is invalid.</returns>
    public object? Bind(object? input, Type target, string path, PropertyInfo? member = null)
    {
        var value = Unwrap(input);
        target = Nullable.GetUnderlyingType(target) ?? target;
        if (value is null)
            return null;
        if (target.IsInstanceOfType(value) && target != typeof(string))
            return value;
        if (target == typeof(string))
            return BindString(value, path, member);
        if (target == typeof(int))
            return BindInteger(value, path);
        if (target == typeof(bool))
            return BindBoolean(value, path);
        if (target == typeof(Dictionary<string, string>))
            return BindMap(input!, value, path);
        if (target == typeof(List<string>))
            return BindStrings(value, path);
        if (target == typeof(List<Tag>))
            return BindTags(input!, value, path);
        return BindShape(input!, value, target, path);
    }

    /// <summary>The members of a hashtable, an object or a list of name-value pairs; null for anything else.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <returns>Names and values, without the empty cells of a row.</returns>
    public static IEnumerable<KeyValuePair<string, object?>>? MembersOf(object input)
    {
        switch (Unwrap(input))
        {
            case IEnumerable<KeyValuePair<string, object?>> members and not IDictionary:
                return members;
            case IDictionary map:
                return map.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(Unwrap(key)?.ToString() ?? string.Empty, map[key]));
            case PSCustomObject:
                // An empty cell of a CSV row means "not given".
                return PSObject.AsPSObject(input).Properties
                    .Where(property => property.IsGettable)
                    .Select(property => new KeyValuePair<string, object?>(property.Name, ValueOf(property)))
                    .Where(member => Unwrap(member.Value) is not (null or ""));
            default:
                return null;
        }
    }

    /// <summary>The problem of a member that does not exist.</summary>
    /// <param name="path">The path of the object.</param>
    /// <param name="key">The member's name.</param>
    /// <param name="known">The names of the known members.</param>
    /// <param name="aliases">Other names of them.</param>
    /// <returns>The problem, with the nearest known name.</returns>
    public static Problem UnknownMember(string path, string key, IReadOnlyCollection<string> known, IEnumerable<string>? aliases = null) => new(
        Join(path, Truncate(key)),
        Suggestions.Nearest(key, known.Concat(aliases ?? [])) is { } suggestion ? $"unknown member; did you mean {suggestion}?" : "unknown member; the known members are " + string.Join(", ", known) + ".");

    /// <summary>The value of a property. A ScriptProperty runs the caller's code, which may throw.</summary>
    /// <param name="property">The property.</param>
    /// <returns>The value, or a value of which <see cref="Bind"/> reports that the getter fails.</returns>
    public static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return new FailedGetter();
        }
    }

    private static object? Unwrap(object? value) =>
        value is PSObject wrapped ? (wrapped.BaseObject is PSObject ? Unwrap(wrapped.BaseObject) : wrapped.BaseObject) : value;

    private static string Join(string path, string member) => path.Length == 0 ? member : path + "." + member;

    private object? BindShape(object input, object value, Type target, string path)
    {
        if (MembersOf(input) is not { } given)
        {
            problems.Add(new Problem(path, $"must be a hashtable or {(target.IsPublic ? ("AEIOU".IndexOf(target.Name[0]) < 0 ? "a " : "an ") + target.Name : "an object with the members of the request")}, not {Describe(value)}."));
            return null;
        }

        var shape = Activator.CreateInstance(target)!;
        var members = MembersByName.Of(target);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in given)
        {
            if (!members.TryGetValue(pair.Key, out var member))
            {
                problems.Add(UnknownMember(path, pair.Key, members.Values.Select(known => known.Name).Distinct().ToArray()));
                continue;
            }

            var here = Join(path, member.Name);
            if (!seen.Add(member.Name))
                problems.Add(new Problem(here, "is given twice."));
            else
                member.SetValue(shape, Bind(pair.Value, member.PropertyType, here, member));
        }

        return shape;
    }

    private List<string>? BindStrings(object value, string path)
    {
        if (value is not IEnumerable entries || value is IDictionary)
        {
            problems.Add(new Problem(path, $"must be a list of strings, not {Describe(value)}."));
            return null;
        }

        return value is string one
            ? [one]
            : entries.Cast<object?>().Select((entry, index) => Bind(entry, typeof(string), $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]") as string ?? string.Empty).ToList();
    }

    private string? BindString(object value, string path, PropertyInfo? member)
    {
        // Accepts a resource object where the API takes its ARN.
        if (value is IResource { ResourceArn: { } arn } && member?.GetCustomAttribute<ArnAttribute>() is not null)
            return arn;
        string? text;
        switch (value)
        {
            case string given:
                text = given;
                break;
            case char or Enum or Uri or Guid or Version:
                text = value.ToString();
                break;
            case IFormattable number when value.GetType().IsPrimitive || value is decimal:
                text = number.ToString(null, CultureInfo.InvariantCulture);
                break;
            default:
                problems.Add(new Problem(path, $"must be a string, not {Describe(value)}."));
                return null;
        }

        // Known values are converted to the API's spelling; input is not case-sensitive.
        var normalizer = member?.GetCustomAttributes().OfType<INormalizer>().FirstOrDefault();
        return normalizer is null ? text : normalizer.Normalize(text!);
    }

    private int? BindInteger(object value, string path)
    {
        var number = value switch
        {
            string text => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
            double or float or decimal => ToInteger(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => (long?)null,
        };
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number.Value;
        problems.Add(new Problem(path, $"must be an integer, not {Describe(value)}."));
        return null;
    }

    private static long? ToInteger(double value) => Math.Abs(value) < long.MaxValue && Math.Floor(value) == value ? (long)value : null;

    private bool? BindBoolean(object value, string path)
    {
        switch (value)
        {
            case SwitchParameter flag:
                return flag.IsPresent;
            case string text when bool.TryParse(text.Trim().TrimStart('$'), out var parsed):
                return parsed;
            case "0" or 0 or 0L:
                return false;
            case "1" or 1 or 1L:
                return true;
            default:
                problems.Add(new Problem(path, $"must be true or false, not {Describe(value)}."));
                return null;
        }
    }

    // A problem must contain neither names nor values: both are sensitive.
    private Dictionary<string, string>? BindMap(object input, object value, string path)
    {
        if (value is string text)
            return BindPairs(text, path, (map, key, entry) => map[key] = entry, new Dictionary<string, string>(StringComparer.Ordinal));
        if (MembersOf(input) is not { } given)
        {
            problems.Add(new Problem(path, $"must be a hashtable of names and values, not {Describe(value)}."));
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var pair in given)
        {
            number++;
            var before = problems.Count;
            var entry = Unwrap(pair.Value) switch
            {
                null => string.Empty,
                bool flag => flag ? "true" : "false",
                string plain => plain,
                _ => BindString(Unwrap(pair.Value)!, $"{path}[entry {number}]", null),
            };
            if (problems.Count == before)
                map[pair.Key] = entry!;
        }

        return map;
    }

    private List<Tag>? BindTags(object input, object value, string path)
    {
        if (value is string text)
            return BindPairs(text, path, (tags, key, entry) => tags.Add(new Tag { Key = key, Value = entry }), new List<Tag>());
        var given = MembersOf(input)?.ToArray();
        if (given is not null && !IsOneTag(given))
            return given.Select(pair => new Tag { Key = pair.Key, Value = BindString(Unwrap(pair.Value) ?? string.Empty, Join(path, Truncate(pair.Key)), null) }).ToList();
        var list = given is not null || value is Tag ? new[] { input } : value as IEnumerable;
        if (list is null)
        {
            problems.Add(new Problem(path, $"must be a hashtable of keys and values or a list of tags, not {Describe(value)}."));
            return null;
        }

        var bound = new List<Tag>();
        var index = 0;
        foreach (var entry in list)
        {
            var entryPath = $"{path}[{index++}]";
            if (Unwrap(entry) is string pair)
                bound.AddRange(BindTags(pair, pair, entryPath) ?? []);
            else if (entry is not null && MembersOf(entry) is { } members && !IsOneTag(members.ToArray()))
                bound.AddRange(BindTags(entry, entry, entryPath) ?? []);
            else if (Bind(entry, typeof(Tag), entryPath) is Tag tag)
                bound.Add(tag);
            else if (entry is null)
                problems.Add(new Problem(entryPath, "is null."));
        }

        return bound;
    }

    private static bool IsOneTag(KeyValuePair<string, object?>[] members) =>
        members.Length is 1 or 2
        && members.Any(member => member.Key.Equals("Key", StringComparison.OrdinalIgnoreCase))
        && members.All(member => member.Key.Equals("Key", StringComparison.OrdinalIgnoreCase) || member.Key.Equals("Value", StringComparison.OrdinalIgnoreCase));

    // A cell of a CSV row: NAME=value;OTHER=value.
    private T? BindPairs<T>(string text, string path, Action<T, string, string> add, T into)
        where T : class
    {
        foreach (var pair in text.Split([';'], StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=');
            if (cut <= 0)
            {
                problems.Add(new Problem(path, "must be a hashtable, or a string such as NAME=value;OTHER=value."));
                return null;
            }

            add(into, pair.Substring(0, cut).Trim(), pair.Substring(cut + 1));
        }

        return into;
    }

    private static string Truncate(string key) => key.Length <= 60 ? key : key.Substring(0, 57) + "...";

    /// <summary>The type of a value for messages; the value itself may be a secret.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A text such as "a string".</returns>
    public static string Describe(object value) => value switch
    {
        FailedGetter => "a property whose getter fails",
        string => "a string",
        IDictionary => "a hashtable",
        PSCustomObject => "an object",
        IEnumerable => "a list",
        _ => "a value of type " + value.GetType().Name,
    };

    private sealed class FailedGetter;
}
