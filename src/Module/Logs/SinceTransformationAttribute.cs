using System;
using System.Globalization;
using System.Management.Automation;
using AppRunner.Common;

namespace AppRunner.Logs;

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
