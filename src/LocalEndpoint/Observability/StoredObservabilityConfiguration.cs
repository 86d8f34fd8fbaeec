using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

/// <summary>One revision of an observability configuration.</summary>
internal sealed class StoredObservabilityConfiguration : StoredRevision
{
    /// <summary>Makes it.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="name">Its name.</param>
    /// <param name="revision">Its number.</param>
    /// <param name="trace">How traces are collected; null without tracing.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="id">Its 32 hexadecimal digits; null for random ones.</param>
    public StoredObservabilityConfiguration(Region region, string name, int revision, TraceConfiguration? trace, DateTime now, IReadOnlyList<Tag>? tags = null, string? id = null)
        : base(region, "observabilityconfiguration", name, revision, now, tags, id) => Trace = trace;

    public TraceConfiguration? Trace { get; }

    /// <summary>It as DescribeObservabilityConfiguration shows it.</summary>
    public ObservabilityConfiguration Show() => Fill(new ObservabilityConfiguration
    {
        TraceConfiguration = Trace,
        Latest = Latest,
        Status = DeletedAt is null ? ObservabilityConfigurationStatus.Active : ObservabilityConfigurationStatus.Inactive,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    });

    /// <summary>It as ListObservabilityConfigurations shows it.</summary>
    public ObservabilityConfigurationSummary ShowSummary() => Fill(new ObservabilityConfigurationSummary());

    private TShown Fill<TShown>(TShown shown)
        where TShown : ObservabilityConfigurationSummary
    {
        shown.ObservabilityConfigurationArn = Arn;
        shown.ObservabilityConfigurationName = Name;
        shown.ObservabilityConfigurationRevision = Revision;
        return shown;
    }
}
