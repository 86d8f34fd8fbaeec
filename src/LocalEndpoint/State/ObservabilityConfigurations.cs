using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The observability configurations of a region. The default one cannot be changed.</summary>
internal sealed class ObservabilityConfigurationStore : RevisionStore<StoredObservabilityConfiguration>
{
    /// <summary>Creates the store with the default configuration, which every region has.</summary>
    /// <param name="region">The region.</param>
    public ObservabilityConfigurationStore(Region region)
        : base(region, "Observability configuration", nameQuota: 10, revisionQuota: 10)
    {
        Default = new StoredObservabilityConfiguration(
            region, "DefaultConfiguration", 1, new TraceConfiguration { Vendor = TracingVendor.AwsXRay }, region.Endpoint.StartedAt, id: "00000000000000000000000000000001");
        Add(Default);
    }

    /// <summary>The configuration of services with tracing and without an ObservabilityConfigurationArn.</summary>
    public StoredObservabilityConfiguration Default { get; }

    /// <summary>Adds the next revision of a name.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is reserved.</exception>
    /// <exception cref="ServiceQuotaExceededException">A quota is reached.</exception>
    public StoredObservabilityConfiguration Create(CreateObservabilityConfigurationRequest request, DateTime now)
    {
        var name = request.ObservabilityConfigurationName!;
        if (name == Default.Name)
            throw new InvalidRequestException($"The name \"{name}\" is reserved and cannot have another revision. Choose another name.");
        var configuration = new StoredObservabilityConfiguration(Region, name, NextRevision(name), request.TraceConfiguration, now, request.Tags);
        Add(configuration);
        return configuration;
    }

    /// <summary>Deletes a revision.</summary>
    /// <param name="configuration">The revision.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">It is the default, or used by a service.</exception>
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
    /// <summary>Creates a revision.</summary>
    /// <param name="region">The region.</param>
    /// <param name="name">Its name.</param>
    /// <param name="revision">The revision number.</param>
    /// <param name="trace">The tracing settings; null without tracing.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="id">The id (32 hexadecimal digits); null for a random one.</param>
    public StoredObservabilityConfiguration(Region region, string name, int revision, TraceConfiguration? trace, DateTime now, IReadOnlyList<Tag>? tags = null, string? id = null)
        : base(region, "observabilityconfiguration", name, revision, now, tags, id) => Trace = trace;

    public TraceConfiguration? Trace { get; }

    /// <summary>Converts it into the response of DescribeObservabilityConfiguration.</summary>
    public ObservabilityConfiguration ToShape() => Fill(new ObservabilityConfiguration
    {
        TraceConfiguration = Trace,
        Latest = Latest,
        Status = DeletedAt is null ? ObservabilityConfigurationStatus.Active : ObservabilityConfigurationStatus.Inactive,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    });

    /// <summary>Converts it into the response of ListObservabilityConfigurations.</summary>
    public ObservabilityConfigurationSummary ToSummary() => Fill(new ObservabilityConfigurationSummary());

    private TShape Fill<TShape>(TShape shape)
        where TShape : ObservabilityConfigurationSummary
    {
        shape.ObservabilityConfigurationArn = Arn;
        shape.ObservabilityConfigurationName = Name;
        shape.ObservabilityConfigurationRevision = Revision;
        return shape;
    }
}
