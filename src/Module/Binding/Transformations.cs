using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using AppRunner.Inputs;
using AppRunner.Model;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Binding;

/// <summary>
/// Converts hashtables and objects to the parameter's type during parameter binding. It never throws: problems are kept with the
/// object and reported together with those of the whole request.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Declares the shape.</summary>
    /// <param name="shape">The parameter's type.</param>
    public ModelTransformationAttribute(Type shape) => Shape = shape;

    /// <summary>The parameter's type.</summary>
    public Type Shape { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (InputValue.Unwrap(inputData) is null)
            return null;
        var problems = new List<Problem>();
        var bound = new ObjectBinder(problems) { IsParameter = true }.Bind(inputData, Shape, string.Empty) ?? Activator.CreateInstance(Shape)!;
        BindingProblems.Attach(bound, problems);
        return bound;
    }
}

/// <summary>Accepts a Boolean as the text true or false, on the command line and from rows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BooleanTextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (InputValue.Unwrap(inputData) is not string { Length: > 0 } text)
            return inputData;
        return bool.TryParse(text.Trim(), out var flag) ? flag : throw new ArgumentTransformationMetadataException($"'{text}' must be true or false. Use $true or $false.");
    }
}

/// <summary>
/// Describes a number that cannot be read in plain words. PowerShell drops commas from a text (<c>'1,5'</c> becomes 15), and a comma without quotes
/// makes a list, which is how a decimal comma is typed in many cultures.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter is text that may be a decimal number.</summary>
    public bool IsDecimal { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = InputValue.Unwrap(inputData);
        RejectList(value);
        return value is not string { Length: > 0 } text || IsDecimal || int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? inputData
            : throw new ArgumentTransformationMetadataException($"'{text}' must be a whole number, such as 5.");
    }

    /// <summary>Throws if a value is a list of numbers.</summary>
    /// <param name="value">The value.</param>
    public static void RejectList(object? value)
    {
        if (value is object[] { Length: > 1 } list && list.All(entry => InputValue.Unwrap(entry) is int or long or double))
            throw new ArgumentTransformationMetadataException($"'{string.Join(",", list)}' must be one number. In PowerShell a comma makes a list. Write a decimal point: {list[0]}.{list[1]}");
    }
}

/// <summary>Also accepts a list of IDs as one string from a CSV row, separated by spaces, commas or semicolons.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdListTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\r', '\n'];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return InputValue.Unwrap(inputData) switch
            {
                string text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries),
                IEnumerable list and not IDictionary => CallerList.Entries(list).ToArray(),
                _ => inputData,
            };
        }
        catch (InvalidParameterException unreadable)
        {
            throw new ArgumentTransformationMetadataException("The list " + unreadable.Message, unreadable);
        }
    }
}

/// <summary>Also accepts a tag filter as a string such as <c>env=dev</c> or as an object. A dictionary is not converted: its values may be null or wildcard patterns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagFilterTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly ModelTransformationAttribute Pairs = new(typeof(Dictionary<string, string>));

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        InputValue.Unwrap(inputData) is string or PSCustomObject ? Pairs.Transform(engineIntrinsics, inputData) : inputData;
}

/// <summary>
/// Reads a number as seconds, and a duration as people write it: <c>90s</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>. Without this, PowerShell
/// converts a number to ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex Written = new(@"^(?:(?<number>[0-9]+(?:\.[0-9]+)?) ?(?<unit>ms|[smhdw]) ?)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, double> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = 0.001,
        ["s"] = 1,
        ["m"] = 60,
        ["h"] = 3600,
        ["d"] = 24 * 3600,
        ["w"] = 7 * 24 * 3600,
    };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Read(inputData);
        NumberTransformationAttribute.RejectList(value);
        return value is string { Length: > 0 } text
            ? throw new ArgumentTransformationMetadataException($"'{text}' is not a duration. Give a number of seconds, or a duration such as 90s, 5m, 1h30m or 00:05:00.")
            : value;
    }

    /// <summary>Converts a duration or number of seconds to a time span.</summary>
    /// <param name="inputData">The value.</param>
    /// <returns>The time span; the value itself, unwrapped, if it is not a duration.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">The duration is negative.</exception>
    internal static object? Read(object? inputData)
    {
        // On the command line PowerShell reads 2d as a decimal number, but keeps the text.
        var value = InputValue.Unwrap(inputData);
        return value switch
        {
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => ToTimeSpan(number),
            string text when Written.Match(text.Trim()) is { Success: true } match => ToTimeSpan(Seconds(match)),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => span,
            decimal when inputData is PSObject && Written.Match(LanguagePrimitives.ConvertTo<string>(inputData)) is { Success: true } literal => ToTimeSpan(Seconds(literal)),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => ToTimeSpan(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => value,
        };
    }

    private static double Seconds(Match match)
    {
        var seconds = 0d;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
            seconds += double.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture) * Units[match.Groups["unit"].Captures[i].Value];
        return seconds;
    }

    private static TimeSpan ToTimeSpan(double seconds)
    {
        if (double.IsNaN(seconds) || seconds < 0)
            throw new ArgumentTransformationMetadataException("A time span cannot be negative.");
        return seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
    }
}

/// <summary>Accepts a time, or a duration before now as <see cref="SecondsTransformationAttribute"/> reads it. A time without a zone is local time.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => SecondsTransformationAttribute.Read(inputData) switch
    {
        TimeSpan ago => TimeBefore(ago),
        DateTimeOffset time => time.UtcDateTime,
        DateTime time => time.ToUniversalTime(),
        string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => Unambiguous(text, time).ToUniversalTime(),
        string { Length: > 0 } text => throw new ArgumentTransformationMetadataException($"'{text}' is neither a time nor a duration. Give a time, such as '2026-11-28 09:30', or a duration before now, such as 90s, 5m, 1h30m or 2d."),
        var value => value,
    };

    // PowerShell reads 01.12.2026 as 12 January in every culture. Where people write the day first, that would be a wrong time without an error.
    private static DateTime Unambiguous(string text, DateTime time)
    {
        if (char.IsDigit(text.TrimStart().FirstOrDefault()) && DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.None, out var own) && own.Day != time.Day && own.Day == time.Month && own.Month == time.Day)
            throw new ArgumentTransformationMetadataException(FormattableString.Invariant($"'{text}' can be {time:yyyy-MM-dd} or {time:yyyy-dd-MM}. Write the year first, such as '{time:yyyy-dd-MM}'."));
        return time;
    }

    private static DateTime TimeBefore(TimeSpan ago)
    {
        if (ago < TimeSpan.Zero)
            throw new ArgumentTransformationMetadataException("A time span cannot be negative.");
        var now = DateTime.UtcNow;
        return ago > now - DateTime.MinValue ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : now - ago;
    }
}

/// <summary>Converts an object that has a resource's ARN or name to it. A name is resolved before a request is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceArnTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly ResourceKind kind;

    /// <summary>Declares the kind of resource.</summary>
    /// <param name="noun">The API's noun, such as <c>VpcConnector</c>.</param>
    public ResourceArnTransformationAttribute(string noun) => kind = ResourceKind.Of(noun);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return ObjectBinder.ReferenceIn(inputData, kind) ?? inputData;
        }
        catch (InvalidParameterException unreadable) when (unreadable.IsPredicate)
        {
            throw new ArgumentTransformationMetadataException($"The {kind.DisplayName} {unreadable.Message}", unreadable);
        }
    }
}
