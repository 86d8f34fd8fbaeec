using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The measured values of one executed service, by metric and minute. Thread-safe: running services write without the region's lock.</summary>
/// <param name="clock">The clock.</param>
internal sealed class ServiceMetrics(IClock clock)
{
    // Older minutes are removed.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Dictionary<string, SortedDictionary<long, MeasuredValues>> byMetric = new(StringComparer.Ordinal);

    /// <summary>Adds a value at the current time.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="value">The value.</param>
    public void Add(string metric, double value)
    {
        var minute = clock.UtcNow.Ticks / TimeSpan.TicksPerMinute;
        lock (byMetric)
        {
            if (!byMetric.TryGetValue(metric, out var minutes))
                byMetric[metric] = minutes = [];
            if (!minutes.TryGetValue(minute, out var values))
            {
                minutes[minute] = values = new MeasuredValues();
                while (minutes.Keys.First() < minute - (long)Kept.TotalMinutes)
                    minutes.Remove(minutes.Keys.First());
            }

            values.Add(value);
        }
    }

    /// <summary>Removes all values.</summary>
    public void Clear()
    {
        lock (byMetric)
            byMetric.Clear();
    }

    /// <summary>The points of a metric, oldest first.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="start">The earliest time.</param>
    /// <param name="end">The time before which periods must begin.</param>
    /// <param name="period">The length of a period: whole minutes.</param>
    /// <returns>The points; none for periods without values.</returns>
    public List<(DateTime Time, double Value)> Read(string metric, string statistic, DateTime start, DateTime end, TimeSpan period)
    {
        var length = period.Ticks / TimeSpan.TicksPerMinute;
        lock (byMetric)
        {
            return !byMetric.TryGetValue(metric, out var minutes) ? [] : minutes
                .GroupBy(minute => minute.Key - (minute.Key % length), minute => minute.Value)
                .Select(group => (Time: new DateTime(group.Key * TimeSpan.TicksPerMinute, DateTimeKind.Utc), Values: group))
                .Where(group => group.Time >= start && group.Time < end)
                .Select(group => (group.Time, MeasuredValues.Merge(group.Values).Statistic(statistic)))
                .ToList();
        }
    }
}

/// <summary>The values of a metric in a period.</summary>
internal sealed class MeasuredValues
{
    // A random sample for percentiles, small because a day has 1440 minutes and a service 9 metrics; the other statistics are exact.
    private const int MaxValues = 100;

    private readonly List<double> values = [];
    private long count;
    private double sum;
    private double minimum = double.MaxValue;
    private double maximum = double.MinValue;

    /// <summary>The values of several periods together.</summary>
    public static MeasuredValues Merge(IEnumerable<MeasuredValues> periods)
    {
        var merged = new MeasuredValues();
        foreach (var period in periods)
        {
            merged.count += period.count;
            merged.sum += period.sum;
            merged.minimum = Math.Min(merged.minimum, period.minimum);
            merged.maximum = Math.Max(merged.maximum, period.maximum);
            merged.values.AddRange(period.values);
        }

        return merged;
    }

    /// <summary>Whether a statistic is supported.</summary>
    public static bool Supports(string statistic) => statistic is "Sum" or "Average" or "Minimum" or "Maximum" or "SampleCount" || Percent(statistic) is not null;

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        count++;
        sum += value;
        minimum = Math.Min(minimum, value);
        maximum = Math.Max(maximum, value);

        // Reservoir sampling: every value of the period has the same chance, also the last one.
        if (values.Count < MaxValues)
            values.Add(value);
        else if (Random.Shared.NextInt64(count) is < MaxValues and var index)
            values[(int)index] = value;
    }

    /// <summary>A statistic of the values, of which there is at least one.</summary>
    public double Statistic(string statistic) => statistic switch
    {
        "Sum" => sum,
        "Average" => sum / count,
        "Minimum" => minimum,
        "Maximum" => maximum,
        "SampleCount" => count,
        _ => values.Order().ElementAt((int)Math.Clamp(Math.Ceiling(Percent(statistic)!.Value / 100 * values.Count) - 1, 0, values.Count - 1)),
    };

    private static double? Percent(string statistic) =>
        statistic.StartsWith('p') && double.TryParse(statistic.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;
}
