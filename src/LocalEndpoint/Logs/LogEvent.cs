using System.Globalization;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>A line of a log.</summary>
/// <param name="Sequence">Its place in its group: no two have the same, and a later one has a higher.</param>
/// <param name="Number">Its number for readers, who know it again by that.</param>
/// <param name="Timestamp">When it was written, in milliseconds since 1970; never before an earlier line of the group.</param>
/// <param name="Message">The line.</param>
internal readonly record struct LogEvent(long Sequence, long Number, long Timestamp, string Message)
{
    /// <summary>Its id as CloudWatch writes ids: 56 digits.</summary>
    public string Id => Number.ToString("D56", CultureInfo.InvariantCulture);
}
