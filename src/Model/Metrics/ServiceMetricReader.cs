using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Metrics;

/// <summary>Reads metrics of one service from CloudWatch.</summary>
internal static class ServiceMetricReader
{
    private const int MaxQueries = 500;

    private static readonly OneOfAttribute Names = new(typeof(ServiceMetricName));

    /// <summary>Reads metrics.</summary>
    /// <param name="client">The client for the service's region.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="metrics">The metrics and their statistics.</param>
    /// <param name="range">The time.</param>
    /// <param name="warn">Called with a warning where CloudWatch returned only a part of a metric.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The metrics, in their order; those without points too.</returns>
    /// <exception cref="InvalidParameterException">The ARN is not the ARN of a service.</exception>
    /// <exception cref="AppRunnerException">A call failed.</exception>
    public static async Task<IReadOnlyList<ServiceMetric>> ReadAsync(
        IAppRunnerClient client, string serviceArn, IReadOnlyList<(string Metric, string Statistic)> metrics, MetricRange range, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        if (!Arn.TryParseService(serviceArn, out var arn) || arn.Id is not { } id)
            throw new InvalidParameterException($"'{serviceArn}' is not the ARN of a service.");
        var found = metrics.Select(metric => new ServiceMetric
        {
            ServiceName = arn.Name,
            ServiceArn = serviceArn,
            Metric = metric.Metric,
            Statistic = metric.Statistic,
            Unit = UnitOf(metric.Metric, metric.Statistic),
            StartTime = range.Start.ToLocalTime(),
            EndTime = range.End.ToLocalTime(),
            Period = range.Period,
        }).ToArray();
        var isPartial = new bool[found.Length];
        for (var first = 0; first < found.Length; first += MaxQueries)
        {
            var request = new GetMetricDataRequest
            {
                MetricDataQueries = [.. Enumerable.Range(first, Math.Min(MaxQueries, found.Length - first)).Select(index => Query(index, found[index], arn.Name, id))],
                StartTime = range.Start,
                EndTime = range.End,
                ScanBy = "TimestampAscending",
            };
            await Pages.ReadAsync(
                client,
                request,
                page =>
                {
                    foreach (var result in page.MetricDataResults ?? [])
                    {
                        if (result.Id is not { Length: > 1 } name || !int.TryParse(name.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index < 0 || index >= found.Length)
                            continue;
                        var (times, values) = (result.Timestamps ?? [], result.Values ?? []);
                        if (times.Count != values.Count)
                            throw new InternalServiceErrorException($"GetMetricData returned different numbers of times ({times.Count}) and values ({values.Count}) for {found[index]}.") { RequestId = page.RequestId };
                        if (values.Exists(double.IsInfinity))
                            throw new InternalServiceErrorException($"GetMetricData returned a value that is too large for {found[index]}.") { RequestId = page.RequestId };
                        isPartial[index] = result.StatusCode is not (null or "Complete");
                        found[index].Points.AddRange(times.Zip(values, (time, value) => new ServiceMetricPoint { Timestamp = time, Value = value }));
                    }

                    return Task.FromResult(true);
                },
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var metric in found)
            metric.Points.Sort((one, other) => one.Timestamp.ToUniversalTime().CompareTo(other.Timestamp.ToUniversalTime()));
        foreach (var metric in found.Where((_, index) => isPartial[index]))
            await warn($"CloudWatch returned only a part of {metric} of service \"{arn.Name}\".").ConfigureAwait(false);
        return found;
    }

    /// <summary>The statistics of a metric that say the most about it.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>Statistics of CloudWatch.</returns>
    public static string[] StatisticsOf(string metric) => Names.Normalize(metric) switch
    {
        ServiceMetricName.RequestLatency => ["Average", "p95"],
        ServiceMetricName.ActiveInstances or ServiceMetricName.Concurrency => ["Maximum"],
        ServiceMetricName.CpuUtilization or ServiceMetricName.MemoryUtilization => ["Average", "Maximum"],
        ServiceMetricName.Requests or ServiceMetricName.SuccessResponses or ServiceMetricName.ClientErrorResponses or ServiceMetricName.ServerErrorResponses => ["Sum"],
        _ => ["Average"],
    };

    private static string? UnitOf(string metric, string statistic) => statistic == "SampleCount" ? "Count" : metric switch
    {
        ServiceMetricName.RequestLatency => "Milliseconds",
        ServiceMetricName.CpuUtilization or ServiceMetricName.MemoryUtilization => "Percent",
        _ => Names.Values.Contains(metric) ? "Count" : null,
    };

    private static MetricDataQuery Query(int index, ServiceMetric metric, string serviceName, string serviceId) => new()
    {
        Id = FormattableString.Invariant($"m{index}"),
        MetricStat = new MetricStat
        {
            Metric = new Metric
            {
                Namespace = MetricsApi.Namespace,
                MetricName = metric.Metric,
                Dimensions = [new Dimension { Name = MetricsApi.ServiceNameDimension, Value = serviceName }, new Dimension { Name = MetricsApi.ServiceIdDimension, Value = serviceId }],
            },
            Period = (int)metric.Period.TotalSeconds,
            Stat = metric.Statistic,
        },
    };
}

/// <summary>The time and periods of metrics. The start is the start of a period.</summary>
/// <param name="Start">The start (UTC).</param>
/// <param name="End">The end (UTC).</param>
/// <param name="Period">The length of a period.</param>
internal sealed record MetricRange(DateTime Start, DateTime End, TimeSpan Period)
{
    // App Runner measures once a minute. CloudWatch keeps minutes for 15 days, then 5 minutes for 63 days, then hours.
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MinutesKept = TimeSpan.FromDays(15);
    private static readonly TimeSpan FiveMinutesKept = TimeSpan.FromDays(63);

    private const int DefaultPoints = 60;

    /// <summary>The range of a request.</summary>
    /// <param name="since">The start.</param>
    /// <param name="until">The end.</param>
    /// <param name="period">The period; null for one that gives about 60 points.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>The range.</returns>
    /// <exception cref="InvalidParameterException">The end is not after the start, or the period cannot be used.</exception>
    public static MetricRange Of(DateTime since, DateTime until, TimeSpan? period, DateTime now)
    {
        var (start, end) = (since.ToUniversalTime(), until.ToUniversalTime());
        if (start >= end)
            throw new InvalidParameterException("-Since must be before -Until.");
        if (period is { } given && (given < Minute || given.Ticks % Minute.Ticks != 0 || given.TotalSeconds > int.MaxValue))
            throw new InvalidParameterException($"-Period must be 1 minute or a multiple of it, not {given:c}.");
        var kept = now - start > FiveMinutesKept ? TimeSpan.FromHours(1) : now - start > MinutesKept ? TimeSpan.FromMinutes(5) : Minute;
        // Less a minute: the last hour, in which the current minute has just begun, has periods of one minute.
        var length = period ?? TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling((end - start - Minute).Ticks / (double)DefaultPoints / kept.Ticks)) * kept.Ticks);
        return new MetricRange(new DateTime(start.Ticks - (start.Ticks % length.Ticks), DateTimeKind.Utc), end, length);
    }
}
