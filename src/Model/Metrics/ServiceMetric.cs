using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace AppRunner.Model;

/// <summary>The points of one metric of a service, with one statistic (CloudWatch: GetMetricData).</summary>
public sealed class ServiceMetric
{
    // From the smallest value to the largest. A period without a point is a space.
    private const string Levels = ".:-=+*#";
    private const int MaxSparklineLength = 20;

    /// <summary>The service's name.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The service's ARN.</summary>
    public string? ServiceArn { get; set; }

    /// <summary>The metric, such as one of <see cref="ServiceMetricName"/>.</summary>
    public string? Metric { get; set; }

    /// <summary>The statistic: Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p95.</summary>
    public string? Statistic { get; set; }

    /// <summary>Count, Percent or Milliseconds; null for an unknown metric.</summary>
    public string? Unit { get; set; }

    /// <summary>The start of the first period (local time).</summary>
    public DateTime StartTime { get; set; }

    /// <summary>The end (local time).</summary>
    public DateTime EndTime { get; set; }

    /// <summary>The length of a period.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>The points, oldest first. A period in which nothing was measured has none.</summary>
    public List<ServiceMetricPoint> Points { get; set; } = [];

    /// <summary>The value of the newest point; null without points.</summary>
    public double? Latest => Points.Count == 0 ? null : Points[Points.Count - 1].Value;

    /// <summary>The smallest value; null without points.</summary>
    public double? Lowest => Points.Count == 0 ? null : Points.Min(point => point.Value);

    /// <summary>The largest value; null without points.</summary>
    public double? Highest => Points.Count == 0 ? null : Points.Max(point => point.Value);

    /// <summary>
    /// The points as a line of at most 20 characters, from zero to the largest value: <c>_</c> is zero, then <c>. : - = + * #</c>. A space
    /// is a time in which nothing was measured. Several periods share a character, which shows the largest.
    /// </summary>
    public string Sparkline
    {
        get
        {
            var periods = Period > TimeSpan.Zero ? (int)Math.Min(int.MaxValue / MaxSparklineLength, Math.Ceiling((EndTime.ToUniversalTime() - StartTime.ToUniversalTime()).Ticks / (double)Period.Ticks)) : 0;
            var line = new string(' ', Math.Min(Math.Max(periods, 0), MaxSparklineLength)).ToCharArray();
            if (line.Length == 0)
                return string.Empty;
            foreach (var group in Points.GroupBy(point => (int)((point.Timestamp.ToUniversalTime() - StartTime.ToUniversalTime()).Ticks / Period.Ticks) * line.Length / periods))
            {
                if (group.Key >= 0 && group.Key < line.Length)
                    line[group.Key] = Level(group.Max(point => point.Value));
            }

            return new string(line);
        }
    }

    /// <summary>The metric and its statistic.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Metric} {Statistic}";

    private char Level(double value) => value <= 0 ? '_' : Levels[Math.Min(Levels.Length - 1, (int)Math.Ceiling(value / Highest!.Value * Levels.Length) - 1)];
}

/// <summary>The value of a metric in one period.</summary>
public sealed class ServiceMetricPoint
{
    /// <summary>The start of the period (local time).</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>The value.</summary>
    public double Value { get; set; }

    /// <summary>The value.</summary>
    /// <returns>The value, in the invariant culture.</returns>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The names of App Runner's metrics.</summary>
public static class ServiceMetricName
{
    /// <summary>The number of requests.</summary>
    [Description("The number of requests")]
    public const string Requests = "Requests";

    /// <summary>The number of responses with a status of 200 to 299.</summary>
    [Description("The number of responses with a status of 200 to 299")]
    public const string SuccessResponses = "2xxStatusResponses";

    /// <summary>The number of responses with a status of 400 to 499.</summary>
    [Description("The number of responses with a status of 400 to 499")]
    public const string ClientErrorResponses = "4xxStatusResponses";

    /// <summary>The number of responses with a status of 500 to 599.</summary>
    [Description("The number of responses with a status of 500 to 599")]
    public const string ServerErrorResponses = "5xxStatusResponses";

    /// <summary>The time to process requests, in milliseconds.</summary>
    [Description("The time to process requests, in milliseconds")]
    public const string RequestLatency = "RequestLatency";

    /// <summary>The number of instances that process requests.</summary>
    [Description("The number of instances that process requests")]
    public const string ActiveInstances = "ActiveInstances";

    /// <summary>The number of requests that are processed at the same time.</summary>
    [Description("The number of requests that are processed at the same time")]
    public const string Concurrency = "Concurrency";

    /// <summary>CPU in percent of what the instances have.</summary>
    [Description("CPU in percent of what the instances have")]
    public const string CpuUtilization = "CPUUtilization";

    /// <summary>Memory in percent of what the instances have.</summary>
    [Description("Memory in percent of what the instances have")]
    public const string MemoryUtilization = "MemoryUtilization";
}
