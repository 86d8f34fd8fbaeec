using System;
using System.Globalization;
using System.Management.Automation;

namespace AppRunner.Common;

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
