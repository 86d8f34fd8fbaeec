using System;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Commands;
using AppRunner.Completion;
using AppRunner.Model;
using AppRunner.Model.Metrics;
using AppRunner.Model.Rules;
using AppRunner.Resources;

namespace AppRunner.Metrics;

/// <summary>Reads the metrics of services (CloudWatch: GetMetricData).</summary>
[Cmdlet(VerbsCommon.Get, "ARServiceMetric", DefaultParameterSetName = PipelineInput.CommandLineSet)]
[OutputType(typeof(ServiceMetric))]
public sealed class GetServiceMetricCommand : RemoteCommand<string>
{
    private static readonly OneOfAttribute Names = new(typeof(ServiceMetricName));
    private static readonly TimeSpan DefaultRange = TimeSpan.FromHours(1);

    private MetricRange range = null!;
    private bool hasWarned;

    /// <summary>The services: names, ARNs, or objects with ServiceArn.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineInput.CommandLineSet)]
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PipelineInput.ParameterSet)]
    [Alias("ServiceArn", "ServiceName", "Name")]
    [ResourceIdentityTransformation(nameof(ResourceKind.Service))]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public ResourceIdentity[] Service { get; set; } = [];

    /// <summary>Services: names, ARNs, objects with ServiceArn, or hashtables and objects with the parameter Service as a member.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineInput.ParameterSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The metrics, such as Requests, 5xxStatusResponses or CPUUtilization. Default: all of App Runner's.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MetricNameCompleter))]
    public string[]? Metric { get; set; }

    /// <summary>The statistics: Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p95. Default: those that say the most about a metric.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StatisticCompleter))]
    public string[]? Statistic { get; set; }

    /// <summary>The start: a time, or a duration before now, such as 5m, 1h30m, 2d, a time span or a number of seconds. Default: 1 hour before the end.</summary>
    [Parameter]
    [TimeTransformation]
    [Alias("StartTime")]
    public DateTime? Since { get; set; }

    /// <summary>The end, given as for Since. Default: now.</summary>
    [Parameter]
    [TimeTransformation]
    [Alias("EndTime")]
    public DateTime? Until { get; set; }

    /// <summary>The length of a period: a duration such as 5m, a number of seconds or a time span, in whole minutes. Default: about 60 periods.</summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Period { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        var now = SystemClock.Instance.UtcNow;
        var until = Until ?? now;
        range = MetricRange.Of(Since ?? until - DefaultRange, until, Period, now);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        var series = (Metric ?? Names.Values.ToArray()).Select(Names.Normalize)
            .SelectMany(metric => Statistic ?? ServiceMetricReader.StatisticsOf(metric), (metric, statistic) => (metric, Normalized(statistic)))
            .Distinct().ToArray();
        foreach (var identity in Service)
        {
            Errors.Target = identity.Target;
            Work.Enqueue(identity.Target, async () =>
            {
                var service = await Resolver.ResolveAsync(identity, ResourceKind.Service, Region).ConfigureAwait(false);
                var found = await ServiceMetricReader.ReadAsync(service.Connection, service.Arn, series, range, message => Work.PostAsync(() => WriteWarning(message)), Stopped).ConfigureAwait(false);

                // CloudWatch does not know which services exist.
                if (found.All(metric => metric.Points.Count == 0))
                {
                    var described = await service.Connection.DescribeAsync(service.Arn, Stopped).ConfigureAwait(false);
                    await Work.PostAsync(() => ReportNoValues(described)).ConfigureAwait(false);
                }

                foreach (var metric in found)
                {
                    if (metric.Points.Count > 0 || Names.Values.Contains(metric.Metric))
                        await Work.PostAsync(() => WriteObject(metric)).ConfigureAwait(false);
                }

                // A newer metric has values and is returned as it is. A name without values may be a typing error: an empty row would hide that.
                foreach (var name in found.GroupBy(metric => metric.Metric!).Where(same => same.All(metric => metric.Points.Count == 0)).Select(same => same.Key).Except(Names.Values))
                    await Work.PostAsync(() => Errors.Report(NotFound(name, service.Name), identity.Target)).ConfigureAwait(false);
            });
        }
    }

    private void ReportNoValues(Service service)
    {
        if (ServiceAddress.Of(service.ServiceUrl) is not { IsSimulated: true })
        {
            WriteVerbose($"Service \"{service.ServiceName}\" has no values in this time.");
        }
        else if (!hasWarned)
        {
            hasWarned = true;
            WriteWarning("Simulated services have no metric values. To run services on this computer, use Start-ARLocalEndpoint -AllowExecution.");
        }
    }

    private static ResourceNotFoundException NotFound(string metric, string service) =>
        new($"Metric \"{metric}\" of service \"{service}\" is not known and has no values in this time.{Suggestions.Question(Suggestions.Nearest(metric, Names.Values))}")
        {
            RecommendedAction = $"Use {string.Join(", ", Names.Values.Take(Names.Values.Count - 1))} or {Names.Values[Names.Values.Count - 1]}. For a newer metric, read a time in which it was measured (-Since).",
        };

    private static string Normalized(string statistic) => StatisticCompleter.Names.FirstOrDefault(known => known.Equals(statistic, StringComparison.OrdinalIgnoreCase)) ?? statistic;
}
