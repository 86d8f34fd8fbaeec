using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's observability configurations; the default one is App Runner's own and stays as it is.</summary>
internal sealed class ObservabilityConfigurationStore : RevisionStore<StoredObservabilityConfiguration>
{
    /// <summary>Makes it, with the default that every region has.</summary>
    /// <param name="region">The region.</param>
    public ObservabilityConfigurationStore(Region region)
        : base(region, "Observability configuration", nameQuota: 10, revisionQuota: 10)
    {
        Default = new StoredObservabilityConfiguration(
            region, "DefaultConfiguration", 1, new TraceConfiguration { Vendor = TracingVendor.AwsXRay }, region.Endpoint.StartedAt, id: "00000000000000000000000000000001");
        Add(Default);
    }

    /// <summary>The one that services get that turn tracing on and name none.</summary>
    public StoredObservabilityConfiguration Default { get; }

    /// <summary>Adds the next revision of a name.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is reserved.</exception>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public StoredObservabilityConfiguration Create(CreateObservabilityConfigurationRequest request, DateTime now)
    {
        var name = request.ObservabilityConfigurationName!;
        if (name == Default.Name)
            throw new InvalidRequestException($"The name {name} is reserved: it can have no other revision. Choose another name.");
        var configuration = new StoredObservabilityConfiguration(Region, name, NextRevision(name), request.TraceConfiguration, now, request.Tags);
        Add(configuration);
        return configuration;
    }

    /// <summary>Deletes a revision.</summary>
    /// <param name="configuration">The revision.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">It is the default, or a service uses it.</exception>
    public void Delete(StoredObservabilityConfiguration configuration, DateTime now)
    {
        if (configuration == Default)
            throw new InvalidRequestException($"{Default.Arn} cannot be deleted, because it is the default.");
        configuration.RequireUnused();
        Remove(configuration, now);
    }
}

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
