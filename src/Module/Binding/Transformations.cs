using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using AppRunner.Model.Rules;

namespace AppRunner.Binding;

/// <summary>
/// Converts hashtables and objects to the parameter's shape while parameters are bound. It never throws: problems are kept with the
/// object and reported with those of the whole request.
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
        // An empty cell of a CSV row means that nothing is given.
        if (((inputData as PSObject)?.BaseObject ?? inputData) is null or "")
            return null;
        var problems = new List<Problem>();
        var bound = new ObjectBinder(problems).Bind(inputData, Shape, string.Empty) ?? Activator.CreateInstance(Shape)!;
        BindingProblems.Attach(bound, problems);
        return bound;
    }
}

/// <summary>Takes a number or a flag from a row of texts, as a CSV file gives it: an empty cell means that nothing is given, not zero or false.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CellTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the words true and false stand for a flag.</summary>
    public bool IsFlag { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (((inputData as PSObject)?.BaseObject ?? inputData) is not string text)
            return inputData;
        if (text.Trim().Length == 0)
            return null;
        return IsFlag && bool.TryParse(text.Trim(), out var flag) ? flag : inputData;
    }
}

/// <summary>Takes a list of IDs also as one text, as a row of a CSV file gives it: separated by spaces, commas or semicolons.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdListTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [' ', ',', ';', '\t', '\r', '\n'];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ((inputData as PSObject)?.BaseObject ?? inputData) is string text ? text.Split(Separators, StringSplitOptions.RemoveEmptyEntries) : inputData;
}

/// <summary>Takes tags to look for also as a text such as <c>env=dev</c> or as an object. A dictionary is left as it is: its values may be null or patterns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagFilterTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly ModelTransformationAttribute Pairs = new(typeof(Dictionary<string, string>));

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ((inputData as PSObject)?.BaseObject ?? inputData) is string or PSCustomObject ? Pairs.Transform(engineIntrinsics, inputData) : inputData;
}

/// <summary>A time span given as a number means seconds. Left to itself PowerShell would take ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = (inputData as PSObject)?.BaseObject ?? inputData;
        if (value is string text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            value = number;
        return value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            ? Span(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : value;
    }

    private static TimeSpan Span(double seconds)
    {
        if (double.IsNaN(seconds) || seconds < 0)
            throw new ArgumentTransformationMetadataException("A time span cannot be negative.");
        return seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
    }
}

/// <summary>A time, also as how long ago it was: a time span, or a number of seconds. A time without zone is one of this computer's.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SinceTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly SecondsTransformationAttribute Seconds = new();

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Seconds.Transform(engineIntrinsics, inputData);
        value = (value as PSObject)?.BaseObject ?? value;
        if (value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed))
            value = parsed;
        return value switch
        {
            TimeSpan ago => Before(ago),
            DateTimeOffset time => time.UtcDateTime,
            string words when DateTime.TryParse(words, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time.ToUniversalTime(),
            DateTime time => time.ToUniversalTime(),
            _ => value,
        };
    }

    private static DateTime Before(TimeSpan ago)
    {
        if (ago < TimeSpan.Zero)
            throw new ArgumentTransformationMetadataException("A time span cannot be negative.");
        var now = DateTime.UtcNow;
        return ago > now - DateTime.MinValue ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : now - ago;
    }
}
