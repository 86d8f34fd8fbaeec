using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Security;
using AppRunner.Model.Json;

namespace AppRunner.Inputs;

/// <summary>
/// What a value of the caller means, for every kind of input: which members it names, which of them are given, and which it clears.
/// The chapter "What a value means" of about_ARServiceDefinition says the same to users.
/// </summary>
internal static class InputValue
{
    // Types outside of System that are one value, not an object with members.
    private static readonly Type[] SingleValues = [typeof(ScriptBlock), typeof(SwitchParameter), typeof(PSCredential), typeof(PSReference)];

    /// <summary>A value without its PSObject wrapper; null for $null, for the output of a command that wrote nothing, and for a database's null.</summary>
    /// <param name="value">The value that the caller gave.</param>
    /// <returns>The value itself.</returns>
    public static object? Unwrap(object? value)
    {
        if (ReferenceEquals(value, AutomationNull.Value))
            return null;
        while (value is PSObject wrapped)
            value = wrapped.BaseObject;
        return value is DBNull ? null : value;
    }

    /// <summary>The members that an input names.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <returns>Its members in their order; null if it is a single value or a list.</returns>
    public static IEnumerable<InputMember>? MembersOf(object? input) => Unwrap(input) switch
    {
        null => null,

        // Members that were read before: null clears.
        KeyValuePair<string, object?>[] members => members.Select(pair => new InputMember(pair.Key, pair.Value, Clears: true)),
        IEnumerable<KeyValuePair<string, object?>> members and not IDictionary => CallerList.Entries(members).Cast<KeyValuePair<string, object?>>().Select(pair => new InputMember(pair.Key, pair.Value, Clears: true)),
        JsonMembers json => json.Select(pair => new InputMember(pair.Key, pair.Value, Clears: false)),
        IDictionary map when map.GetType() == typeof(Hashtable) || map.GetType() == typeof(OrderedDictionary) => EntriesOf(map),
        IDictionary map => CallerList.Entries(CallerList.Read(static map => map.Keys, map)).Select(key => new InputMember(NameOf(key), ReadEntry(map, key!), Clears: true)),
        DictionaryEntry entry => [new InputMember("Key", entry.Key, Clears: true), new InputMember("Value", entry.Value, Clears: true)],
        { } value when HasReadableProperties(value) => PropertiesOf(input!),
        _ => null,
    };

    /// <summary>
    /// The members without the empty cells of a row. A row is an object whose every value is text or missing, as Import-Csv makes it: only
    /// there an empty text means "not given".
    /// </summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <returns>Its members; null if it is a single value or a list.</returns>
    public static IEnumerable<InputMember>? MembersOfRecord(object? input)
    {
        if (Unwrap(input) is not PSCustomObject)
            return MembersOf(input);
        var members = PropertiesOf(input!).ToArray();
        return members.All(member => Unwrap(member.Value) is null or string) ? members.Where(member => !string.IsNullOrWhiteSpace(Unwrap(member.Value) as string)) : members;
    }

    /// <summary>The only member of an object that has just a Value, as the enumerations of AWS Tools for PowerShell and their JSON; else the value itself.</summary>
    /// <param name="input">A value where text, a number or a Boolean is expected, wrapped or not: the properties of a PSCustomObject are in its wrapper.</param>
    /// <returns>The value to convert.</returns>
    public static object SingleValueOf(object input) =>
        Unwrap(input) is not string && MembersOf(input) is { } members && members.Take(2).ToArray() is [{ Name: var name, Value: var only }] && name.Equals("Value", StringComparison.OrdinalIgnoreCase) && Unwrap(only) is { } inner
            ? inner
            : Unwrap(input)!;

    // The dictionaries of PowerShell's own syntax, the most frequent inputs, always end.
    private static IEnumerable<InputMember> EntriesOf(IDictionary map)
    {
        CallerList.CheckCount(map.Count);
        for (var enumerator = map.GetEnumerator(); CallerList.Read(static enumerator => enumerator.MoveNext(), enumerator);)
            yield return new InputMember(NameOf(enumerator.Key), enumerator.Value, Clears: true);
    }

    private static IEnumerable<InputMember> PropertiesOf(object input) => PSObject.AsPSObject(input).Properties
        .Where(property => property.IsGettable && !property.MemberType.HasFlag(PSMemberTypes.ParameterizedProperty))
        .Select(property => new InputMember(property.Name, ReadProperty(property), Clears: false));

    // Objects of .NET and of PowerShell itself, such as a file or a process, are never part of a definition.
    private static bool HasReadableProperties(object value)
    {
        var type = value.GetType();
        return value is PSCustomObject
            || type.FullName == "System.Data.DataRow"
            || (!type.IsPrimitive && !type.IsEnum && value is not (IEnumerable or Delegate or Type or SecureString or FailedGetter)
                && !SingleValues.Contains(type) && type.Namespace?.Split('.')[0] is not ("System" or "Microsoft"));
    }

    private static string NameOf(object? key) => Unwrap(key) switch
    {
        null => string.Empty,
        string name => name,
        { } name => LanguagePrimitives.ConvertTo<string>(name),
    };

    private static object? ReadEntry(IDictionary map, object key) => CallerList.Read(static entry => entry.Map[entry.Key], (Map: map, Key: key));

    // A ScriptProperty runs the caller's code, which may throw.
    private static object? ReadProperty(PSPropertyInfo property)
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
}

/// <summary>One member that an input names.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value as given; may be null.</param>
/// <param name="Clears">Whether a literal $null clears the member: a dictionary's does; in an object or JSON it means "not given".</param>
internal readonly record struct InputMember(string Name, object? Value, bool Clears)
{
    /// <summary>Whether there is no value: leave the member as it is.</summary>
    public bool IsAbsent => InputValue.Unwrap(Value) is null && !IsCleared;

    /// <summary>Whether the member is to be cleared. The output of a command that wrote nothing is not $null.</summary>
    public bool IsCleared => Clears && Value is null;
}

/// <summary>The value of a property whose getter failed.</summary>
internal sealed class FailedGetter;
