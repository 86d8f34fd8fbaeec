using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Resources;

/// <summary>
/// What the AWS CLI and the SDKs return for a call: the result under its name, beside an operation's id or a page token, such as
/// <c>{Service, OperationId}</c> and <c>{ServiceSummaryList, NextToken}</c>.
/// </summary>
internal static class ApiOutput
{
    private static readonly string[] BesideResult = ["OperationId", "NextToken", "ResponseMetadata", "$metadata", "ResultMetadata"];

    /// <summary>Finds the result of a call.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <param name="kinds">The kinds of resources that are expected.</param>
    /// <returns>The name and the value of the result; null if the input is something else.</returns>
    public static (string Name, object? Value)? ResultIn(object? input, IReadOnlyList<ResourceKind> kinds)
    {
        try
        {
            // Only the names are read, because a property may run code of the caller.
            var names = NamesIn(input)?.Take(BesideResult.Length + 2).ToArray() ?? [];
            return ResultNameIn(names, kinds) is { } result ? Result(result, InputValue.MembersOf(input)!.First(member => member.Name == result).Value) : null;
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            return null;
        }
    }

    /// <summary>Finds the result of a call in members that were already read.</summary>
    /// <param name="members">The members.</param>
    /// <param name="kinds">The kinds of resources that are expected.</param>
    /// <returns>The name and the value of the result; null if the input is something else.</returns>
    public static (string Name, object? Value)? ResultIn(KeyValuePair<string, object?>[] members, IReadOnlyList<ResourceKind> kinds) =>
        members.Length <= BesideResult.Length + 1 && ResultNameIn(Array.ConvertAll(members, member => member.Key), kinds) is { } result ? Result(result, Array.Find(members, member => member.Key == result).Value) : null;

    /// <summary>The results of a call, one by one.</summary>
    /// <param name="input">The value that the caller gave.</param>
    /// <param name="kinds">The kinds of resources that are expected.</param>
    /// <returns>The input itself if it is not the output of a call.</returns>
    public static IEnumerable<object?> ResultsIn(object? input, IReadOnlyList<ResourceKind> kinds) => ResultIn(input, kinds) is not { } result ? [input]
        : InputValue.Unwrap(result.Value) is IList list and not IDictionary ? list.Cast<object?>()
        : [result.Value];

    private static string? ResultNameIn(string[] names, IReadOnlyList<ResourceKind> kinds)
    {
        var results = names.Where(name => kinds.Any(kind => Is(name, kind.Noun) || Is(name, kind.Noun + "SummaryList") || Is(name, kind.Noun + "s"))).ToArray();
        return results.Length == 1 && names.All(name => name == results[0] || BesideResult.Any(other => Is(name, other))) ? results[0] : null;
    }

    private static (string Name, object? Value)? Result(string name, object? value) => InputValue.Unwrap(value) is null or string ? null : (name, value);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string>? NamesIn(object? input) => InputValue.Unwrap(input) switch
    {
        IDictionary map => CallerList.Entries(CallerList.Read(static map => map.Keys, map)).Select(key => InputValue.Unwrap(key) as string ?? string.Empty),
        PSCustomObject => PSObject.AsPSObject(input!).Properties.Select(property => property.Name),
        _ => null,
    };
}
