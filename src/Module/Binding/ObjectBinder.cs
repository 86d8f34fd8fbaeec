using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Json;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Binding;

/// <summary>
/// Converts hashtables, objects, JSON and CSV rows to typed objects, nested to any depth. It never throws for invalid input: each problem
/// is reported with its path, and the valid members are kept. What a value means is defined by <see cref="InputValue"/>.
/// </summary>
internal sealed partial class ObjectBinder(ICollection<Problem> problems)
{
    // More problems are not read, and each costs a search for the nearest name.
    private const int MaxProblems = 100;

    // What a request of this module has besides its members, after a conversion to JSON or XML.
    private static readonly HashSet<string> OfAnyRequest = new(typeof(AppRunnerRequest).GetProperties().Select(property => property.Name), StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<MemberInfo, Attribute[]> Declared = new();

    private Type? root;

    /// <summary>Whether the input is a parameter's value: it is never a row, so an empty text in it is a value.</summary>
    public bool IsParameter { get; set; }

    /// <summary>Whether the input may come from a conversion to text, which loses what lies below its depth.</summary>
    public bool IsFromText { get; set; }

    /// <summary>Whether a value may come from a conversion to JSON or XML.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <returns>True for the objects that such a conversion makes.</returns>
    public static bool IsTextual(object? input) => InputValue.Unwrap(input) is PSCustomObject or JsonMembers;

    /// <summary>Converts a value.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <param name="target">The type to convert to.</param>
    /// <param name="path">The path of the value, for problems.</param>
    /// <param name="member">The member to set, for its rules; may be null.</param>
    /// <returns>The converted value; null if there is none or it is invalid.</returns>
    public object? Bind(object? input, Type target, string path, PropertyInfo? member = null)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;
        if (InputValue.Unwrap(input) is not { } value)
            return null;
        if (root is null)
        {
            root = target;
            IsFromText |= IsTextual(value);
        }

        try
        {
            if (target == typeof(Dictionary<string, string>))
                return BindMap(input!, path);
            if (target == typeof(List<Tag>))
                return value is List<Tag> ? value : BindTags(input!, path);
            if (target == typeof(List<string>))
                return value is List<string> ? value : BindStrings(value, path);
            if (target.IsClass && target != typeof(string))
                return target.IsInstanceOfType(value) ? Patch.WithoutEmptyTexts(value) : BindShape(input!, value, target, path);

            var single = InputValue.SingleValueOf(input!);
            return target == typeof(int) ? BindInteger(single, path)
                : target == typeof(bool) ? BindBoolean(single, path)
                : BindString(ReferenceOf(input, member) ?? single, path, member);
        }
        catch (InvalidParameterException unreadable)
        {
            Report(path, unreadable.Message);
            return null;
        }
    }

    /// <summary>The members that a record names: a hashtable, an object or a list of name-value pairs.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <returns>Names and values, without absent members and the empty cells of a row; null is a value that clears the member. Null for anything else.</returns>
    public static IEnumerable<KeyValuePair<string, object?>>? MembersOf(object input) =>
        InputValue.MembersOfRecord(input)?.Where(member => !member.IsAbsent).Select(member => new KeyValuePair<string, object?>(member.Name, member.Value));

    /// <summary>What kind of value it is, for messages: the value itself may be a secret.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A text such as "a string".</returns>
    public static string Describe(object value) => value switch
    {
        FailedGetter => "a property whose getter fails",
        "" => "an empty string",
        string => "a string",
        bool => "a Boolean",
        IDictionary => "a hashtable",
        PSCustomObject => "an object",
        IFormattable when value.GetType().IsPrimitive || value is decimal => "a number",
        Array or IList => "a list",
        _ => "a value of type " + value.GetType().FullName,
    };

    /// <summary>The ARN or name of a resource in an object.</summary>
    /// <param name="input">A resource, a service that uses one, or an object with the ARN or the name under the API's member.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <returns>The text; null if there is none, and for text itself.</returns>
    public static string? ReferenceIn(object? input, ResourceKind kind) => InputValue.Unwrap(input) switch
    {
        null or string => null,
        Service service => kind.ReferenceIn?.Invoke(service) ?? service.ServiceArn,
        IResource resource => resource.ResourceArn,
        IList { Count: 1 } list => ReferenceIn(list[0], kind) ?? InputValue.Unwrap(list[0]) as string,
        IList list and not IDictionary => throw new InvalidParameterException($"must be a single resource, not {(list.Count == 0 ? "an empty list" : $"a list of {list.Count}")}.") { IsPredicate = true },
        { } value => ApiOutput.ResultIn(input, [kind]) is { } result ? ReferenceIn(result.Value, kind)
            : TextIn(input, kind.ArnMember) ?? TextIn(input, kind.NameMember) ?? (value is IDictionary or PSCustomObject ? TextIn(input, "Name") : null),
    };

    private static string Join(string path, string member) => path.Length == 0 ? member : path + "." + member;

    /// <summary>A name as a step of a path: on one line, and not too long.</summary>
    /// <param name="name">The name as written.</param>
    /// <returns>The step.</returns>
    public static string Step(string name)
    {
        var shown = name.Length <= 60 ? name : name.Substring(0, 57) + "...";
        foreach (var character in shown)
        {
            if (char.IsControl(character))
                return new string(shown.Select(c => char.IsControl(c) ? '?' : c).ToArray());
        }

        return shown;
    }

    private object? BindShape(object input, object value, Type target, string path)
    {
        if (value is string text)
            return BindShapeFromText(text, target, path);
        var members = MembersByName.Of(target);
        var given = (path.Length == 0 && !IsParameter ? InputValue.MembersOfRecord(input) : InputValue.MembersOf(input))?.ToList();

        // The object of a class is meant only if it has one of the members; else say what is expected, not each of its properties. PowerShell
        // writes '' into its text properties where a script assigns $null.
        var isOfClass = value is not (IDictionary or PSCustomObject or IEnumerable);
        if (given is null || (isOfClass && !given.Exists(pair => members.ContainsKey(pair.Name))))
        {
            Report(path, $"must be {Expected(target)}, not {Describe(value)}.");
            return null;
        }

        var shape = Activator.CreateInstance(target)!;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cleared = new HashSet<string>(StringComparer.Ordinal);
        AppRunnerRequest? content = null;
        string? contentMember = null;
        foreach (var pair in given.Where(pair => !pair.IsAbsent && !(path.Length == 0 && OfAnyRequest.Contains(pair.Name))))
        {
            if (!members.TryGetValue(pair.Name, out var member))
            {
                if (SharedContent.Members.FirstOrDefault(known => known.Owner == target && known.Member.Equals(pair.Name, StringComparison.OrdinalIgnoreCase)) is { Owner: not null } beside)
                {
                    content = Bind(pair.Value, beside.Content, Join(path, beside.Member)) as AppRunnerRequest;
                    contentMember = beside.ArnMember;
                    continue;
                }

                if (SharedContent.IsIgnored(target, pair.Name))
                    continue;
                if (HasTooManyProblems(path))
                    break;
                Report(Join(path, Step(pair.Name)), MemberHints.UnknownMember(pair.Name, target, root!));
                continue;
            }

            var here = Join(path, member.Name);
            if (!seen.Add(member.Name))
                Report(here, "is given twice.");
            else if (pair.IsCleared)
                cleared.Add(member.Name);
            else if (!isOfClass || InputValue.Unwrap(pair.Value) is not "")
                member.SetValue(shape, Bind(pair.Value, member.PropertyType, here, member));
        }

        Patch.Record(shape, cleared);
        if (content is not null && seen.Contains(contentMember!))
            Report(Join(path, contentMember!), "is given beside the content. Give the ARN or name, or the content, not both.");
        else if (content is not null)
            SharedContent.Attach(shape, contentMember!, content);
        return shape;
    }

    private object? BindShapeFromText(string text, Type target, string path)
    {
        if (text.TrimStart().StartsWith("{", StringComparison.Ordinal))
            return Bind(JsonGraph.Parse(text, "The text"), target, path);
        Report(path, $"must be {Expected(target)}, not {(text.Trim().Length == 0 ? "an empty string" : "a string")}.{((IsFromText && path.Length > 0) || IsTextOfAnObject(text) ? LostDepth : string.Empty)}");
        return null;
    }

    private static string Expected(Type target) =>
        $"a hashtable or {(target.IsPublic ? ("AEIOU".IndexOf(target.Name[0]) < 0 ? "a " : "an ") + target.Name : "an object with the members of the request")}";

    private List<string>? BindStrings(object value, string path)
    {
        if (value is string one)
            return [one];
        if (value is not IEnumerable entries || value is IDictionary)
        {
            Report(path, $"must be a list of strings, not {Describe(value)}.");
            return null;
        }

        return CallerList.Entries(entries).Select((entry, index) => Bind(entry, typeof(string), $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]") as string ?? string.Empty).ToList();
    }

    private string? BindString(object value, string path, PropertyInfo? member)
    {
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
                Report(path, $"must be a string, not {Describe(value)}.{(value is DateTime ? " ConvertFrom-Json makes dates of texts that look like one; its -DateKind String keeps them." : string.Empty)}");
                return null;
        }

        // Known values are converted to the API's form; input is not case-sensitive.
        var normalizer = AttributesOf(member).OfType<INormalizer>().FirstOrDefault();
        return normalizer is null ? text : normalizer.Normalize(text!);
    }

    // An object where the API takes an ARN, also after a conversion to JSON or XML.
    private static string? ReferenceOf(object? input, MemberInfo? member) => AttributesOf(member).OfType<ArnAttribute>().FirstOrDefault() switch
    {
        null => null,
        { IsReference: true } rule => ReferenceIn(input, ResourceKind.Of(rule)),
        _ => TextIn(input, member!.Name),
    };

    // Reading attributes makes new objects each time, which was half of the time of a create.
    private static Attribute[] AttributesOf(MemberInfo? member) => member is null ? [] : Declared.GetOrAdd(member, static key => key.GetCustomAttributes().ToArray());

    private static string? TextIn(object? input, string member) => InputValue.MembersOf(input)?
        .Where(pair => pair.Name.Equals(member, StringComparison.OrdinalIgnoreCase)).Select(pair => InputValue.Unwrap(pair.Value)).OfType<string>().FirstOrDefault(text => text.Length > 0);

    private int? BindInteger(object value, string path)
    {
        var number = value switch
        {
            string text => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
            double or float or decimal or ulong => ToInteger(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => (long?)null,
        };
        if (number is >= int.MinValue and <= int.MaxValue)
            return (int)number.Value;
        Report(path, $"must be an integer, not {Describe(value)}.");
        return null;
    }

    private static long? ToInteger(double value) => Math.Abs(value) < long.MaxValue && Math.Floor(value) == value ? (long)value : null;

    private bool? BindBoolean(object value, string path)
    {
        switch (value)
        {
            case bool given:
                return given;
            case SwitchParameter flag:
                return flag.IsPresent;
            case string text when bool.TryParse(text.Trim().TrimStart('$'), out var parsed):
                return parsed;
            case "0" or 0 or 0L:
                return false;
            case "1" or 1 or 1L:
                return true;
            default:
                Report(path, $"must be true or false, not {Describe(value)}.");
                return null;
        }
    }

    private void Report(string path, string message) => problems.Add(new Problem(path, message) { IsUnreadable = true });

    private bool HasTooManyProblems(string path)
    {
        if (problems.Count < MaxProblems)
            return false;
        Report(path, "has more problems, which are not listed.");
        return true;
    }
}
