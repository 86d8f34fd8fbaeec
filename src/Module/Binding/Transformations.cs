using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
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
        if (((inputData as PSObject)?.BaseObject ?? inputData) is not string { Length: > 0 } text)
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
        var value = (inputData as PSObject)?.BaseObject ?? inputData;
        RejectList(value);
        return value is not string { Length: > 0 } text || IsDecimal || int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? inputData
            : throw new ArgumentTransformationMetadataException($"'{text}' must be a whole number, such as 5.");
    }

    /// <summary>Throws if a value is a list of numbers.</summary>
    /// <param name="value">The value.</param>
    public static void RejectList(object? value)
    {
        if (value is object[] { Length: > 1 } list && list.All(entry => ((entry as PSObject)?.BaseObject ?? entry) is int or long or double))
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
        ((inputData as PSObject)?.BaseObject ?? inputData) is string or PSCustomObject ? Pairs.Transform(engineIntrinsics, inputData) : inputData;
}

/// <summary>Reads a number as seconds. Without this, PowerShell converts a number to ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = (inputData as PSObject)?.BaseObject ?? inputData;
        if (value is string text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            value = number;
        else if (value is string span && TimeSpan.TryParse(span, CultureInfo.InvariantCulture, out var parsed))
            value = parsed;
        NumberTransformationAttribute.RejectList(value);
        if (value is string { Length: > 0 } unreadable)
            throw new ArgumentTransformationMetadataException($"'{unreadable}' must be a number of seconds, such as 0.25, or a time span, such as 00:05:00.");
        return value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            ? ToTimeSpan(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : value;
    }

    private static TimeSpan ToTimeSpan(double seconds)
    {
        if (double.IsNaN(seconds) || seconds < 0)
            throw new ArgumentTransformationMetadataException("A time span cannot be negative.");
        return seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
    }
}

/// <summary>Accepts a time, or a time span or number of seconds before now. A time without a zone is local time.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SinceTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly SecondsTransformationAttribute Seconds = new();

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Seconds.Transform(engineIntrinsics, inputData);
        value = (value as PSObject)?.BaseObject ?? value;
        return value switch
        {
            TimeSpan ago => TimeBefore(ago),
            DateTimeOffset time => time.UtcDateTime,
            string local when DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time.ToUniversalTime(),
            DateTime time => time.ToUniversalTime(),
            _ => value,
        };
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
