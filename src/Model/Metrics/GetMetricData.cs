using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using AppRunner.Model.Rules;

namespace AppRunner.Model.Metrics;

/// <summary>Reads the points of metrics (CloudWatch: GetMetricData).</summary>
internal sealed class GetMetricDataRequest : AppRunnerRequest<GetMetricDataResponse>, IPagedRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Operation => "GetMetricData";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string TargetPrefix => MetricsApi.TargetPrefix;

    /// <summary>The metrics, at most 500. Required.</summary>
    [Required, Length(1, 500)]
    public List<MetricDataQuery>? MetricDataQueries { get; set; }

    /// <summary>The earliest time. Required.</summary>
    [Required]
    public DateTime? StartTime { get; set; }

    /// <summary>The time before which points must be. Required.</summary>
    [Required]
    public DateTime? EndTime { get; set; }

    /// <summary>TimestampAscending or TimestampDescending. Default: TimestampDescending.</summary>
    public string? ScanBy { get; set; }

    /// <inheritdoc/>
    public string? NextToken { get; set; }

    /// <summary>Maximum points per page. Default: 100,800.</summary>
    [Range(1, 100_800)]
    public int? MaxDatapoints { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    int? IPagedRequest.MaxResults
    {
        get => MaxDatapoints;
        set => MaxDatapoints = value;
    }
}

/// <summary>One metric with one statistic (CloudWatch: MetricDataQuery).</summary>
internal sealed class MetricDataQuery
{
    /// <summary>The id in the response: begins with a small letter, then letters, digits and _. Required.</summary>
    [Required, Length(1, 255), Pattern("[a-z][a-zA-Z0-9_]*", "a small letter, then letters, digits and _")]
    public string? Id { get; set; }

    /// <summary>The metric, period and statistic.</summary>
    [Required]
    public MetricStat? MetricStat { get; set; }
}

/// <summary>A metric, period and statistic (CloudWatch: MetricStat).</summary>
internal sealed class MetricStat
{
    /// <summary>The metric. Required.</summary>
    [Required]
    public Metric? Metric { get; set; }

    /// <summary>The period in seconds. Required.</summary>
    [Required, Range(1, int.MaxValue)]
    public int? Period { get; set; }

    /// <summary>The statistic: Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p95. Required.</summary>
    [Required, Length(1, 32)]
    public string? Stat { get; set; }
}

/// <summary>A metric (CloudWatch: Metric).</summary>
internal sealed class Metric
{
    /// <summary>The namespace.</summary>
    [Length(1, 255)]
    public string? Namespace { get; set; }

    /// <summary>The name.</summary>
    [Length(1, 255)]
    public string? MetricName { get; set; }

    /// <summary>What it was measured for.</summary>
    public List<Dimension>? Dimensions { get; set; }
}

/// <summary>A dimension of a metric (CloudWatch: Dimension).</summary>
internal sealed class Dimension
{
    /// <summary>The name. Required.</summary>
    [Required, Length(1, 255)]
    public string? Name { get; set; }

    /// <summary>The value. Required.</summary>
    [Required, Length(1, 1024)]
    public string? Value { get; set; }
}

/// <summary>One page of GetMetricData.</summary>
internal sealed class GetMetricDataResponse : AppRunnerResponse, IPagedResponse
{
    /// <summary>The points of this page.</summary>
    public List<MetricDataResult>? MetricDataResults { get; set; }

    /// <inheritdoc/>
    public string? NextToken { get; set; }
}

/// <summary>The points of one query (CloudWatch: MetricDataResult).</summary>
internal sealed class MetricDataResult
{
    /// <summary>The query's id.</summary>
    public string? Id { get; set; }

    /// <summary>The name of the metric.</summary>
    public string? Label { get; set; }

    /// <summary>The starts of the periods that have points.</summary>
    public List<DateTime>? Timestamps { get; set; }

    /// <summary>The values, in the order of the times.</summary>
    public List<double>? Values { get; set; }

    /// <summary>Complete, PartialData (more on later pages), InternalError or Forbidden.</summary>
    public string? StatusCode { get; set; }
}

/// <summary>Constants of the CloudWatch protocol.</summary>
internal static class MetricsApi
{
    /// <summary>The prefix of the operation in X-Amz-Target.</summary>
    public const string TargetPrefix = "GraniteServiceVersion20100801";

    /// <summary>The protocol's content type.</summary>
    public const string ContentType = "application/x-amz-json-1.0";

    /// <summary>Its name in signatures.</summary>
    public const string SigningName = "monitoring";

    /// <summary>The namespace of App Runner's metrics.</summary>
    public const string Namespace = "AWS/AppRunner";

    /// <summary>The dimension with a service's name.</summary>
    public const string ServiceNameDimension = "ServiceName";

    /// <summary>The dimension with a service's id.</summary>
    public const string ServiceIdDimension = "ServiceID";

    /// <summary>The error code of an invalid request.</summary>
    public const string RefusalCode = "InvalidParameterValueException";

    /// <summary>The error code of an internal failure.</summary>
    public const string FailureCode = "InternalServiceFault";
}
