using System;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Observability;

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
