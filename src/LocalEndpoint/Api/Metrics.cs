using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.State;
using AppRunner.Model;
using AppRunner.Model.Metrics;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>GetMetricData: the measured values of executed services. Simulated services have none, and other namespaces are empty.</summary>
internal sealed class GetMetricDataHandler : ApiHandler<GetMetricDataRequest, GetMetricDataResponse>
{
    private const int PageLimit = 100_800;
    private const int Minute = 60;

    /// <inheritdoc/>
    protected override GetMetricDataResponse Handle(GetMetricDataRequest request, HandlerContext context)
    {
        var (start, end) = (request.StartTime!.Value, request.EndTime!.Value);
        if (start >= end)
            throw new InvalidRequestException("The parameter StartTime must be less than the parameter EndTime.");
        var queries = request.MetricDataQueries!;
        if (queries.GroupBy(query => query.Id).FirstOrDefault(same => same.Skip(1).Any()) is { } duplicate)
            throw new InvalidRequestException($"The values for parameter id in MetricDataQueries must be unique: {duplicate.Key}.");
        if (queries.Find(query => query.MetricStat!.Period % Minute != 0) is { } odd)
            throw new InvalidRequestException($"The local endpoint measures once a minute: the period {odd.MetricStat!.Period} is not a multiple of 60.");
        if (queries.Find(query => !MeasuredValues.Supports(query.MetricStat!.Stat!)) is { } unknown)
            throw new InvalidRequestException($"The local endpoint does not support the statistic {unknown.MetricStat!.Stat}.");

        var all = new List<(int Query, long Number, DateTime Time, double Value)>();
        for (var index = 0; index < queries.Count; index++)
        {
            var read = Read(queries[index].MetricStat!, start, end, context.Region);
            if (request.ScanBy != "TimestampAscending")
                read.Reverse();
            foreach (var (time, value) in read)
                all.Add((index, all.Count + 1, time, value));
        }

        var page = context.Page(request, $"{start:O}/{end:O}", PageLimit, SortedPages.Of(all, point => point.Number), point => point);
        var points = page.Items.ToLookup(point => point.Query);
        return new GetMetricDataResponse
        {
            MetricDataResults =
            [
                .. queries.Select((query, index) => new MetricDataResult
                {
                    Id = query.Id,
                    Label = query.MetricStat!.Metric!.MetricName,
                    Timestamps = [.. points[index].Select(point => point.Time)],
                    Values = [.. points[index].Select(point => point.Value)],
                    StatusCode = page.NextToken is null ? "Complete" : "PartialData",
                }),
            ],
            NextToken = page.NextToken,
        };
    }

    private static List<(DateTime Time, double Value)> Read(MetricStat stat, DateTime start, DateTime end, Region region)
    {
        var metric = stat.Metric!;
        var dimensions = (metric.Dimensions ?? []).ToLookup(dimension => dimension.Name, dimension => dimension.Value);
        return metric.Namespace == MetricsApi.Namespace
            && dimensions[MetricsApi.ServiceNameDimension].FirstOrDefault() is { } name
            && region.Store<ServiceStore>().FindByName(name) is { } service
            && dimensions[MetricsApi.ServiceIdDimension].FirstOrDefault() == service.Id
            ? service.Metrics.Read(metric.MetricName ?? string.Empty, stat.Stat!, start, end, TimeSpan.FromSeconds(stat.Period!.Value))
            : [];
    }
}
