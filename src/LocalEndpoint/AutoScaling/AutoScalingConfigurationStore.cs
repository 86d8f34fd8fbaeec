using System;
using System.Linq;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

/// <summary>A region's auto scaling configurations; one of them is the default.</summary>
internal sealed class AutoScalingConfigurationStore : RevisionStore<StoredAutoScalingConfiguration>
{
    /// <summary>Makes it, with the default that every region has from the start.</summary>
    /// <param name="region">The region.</param>
    public AutoScalingConfigurationStore(Region region)
        : base(region, "Auto scaling configuration", nameQuota: 10, revisionQuota: 5)
    {
        Default = new StoredAutoScalingConfiguration(region, "DefaultConfiguration", 1, region.Endpoint.StartedAt, id: "00000000000000000000000000000001") { IsDefault = true };
        Add(Default);
    }

    /// <summary>The one that services get that name none.</summary>
    public StoredAutoScalingConfiguration Default { get; private set; }

    /// <summary>Adds the next revision of a name.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public StoredAutoScalingConfiguration Create(CreateAutoScalingConfigurationRequest request, DateTime now)
    {
        var name = request.AutoScalingConfigurationName!;
        var configuration = new StoredAutoScalingConfiguration(Region, name, NextRevision(name), now, request.Tags)
        {
            MaxConcurrency = request.MaxConcurrency ?? CreateAutoScalingConfigurationRequest.DefaultMaxConcurrency,
            MinSize = request.MinSize ?? CreateAutoScalingConfigurationRequest.DefaultMinSize,
            MaxSize = request.MaxSize ?? CreateAutoScalingConfigurationRequest.DefaultMaxSize,
        };
        Add(configuration);
        return configuration;
    }

    /// <summary>Makes one the default.</summary>
    public void MakeDefault(StoredAutoScalingConfiguration configuration)
    {
        Default.IsDefault = false;
        configuration.IsDefault = true;
        Default = configuration;
    }

    /// <summary>Deletes revisions: all of them or none.</summary>
    /// <param name="configurations">The revisions.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">One is the default, or a service uses it.</exception>
    public void Delete(StoredAutoScalingConfiguration[] configurations, DateTime now)
    {
        if (configurations.Contains(Default))
            throw new InvalidRequestException($"{Default.Arn} cannot be deleted, because it is the default. Make another one the default first.");
        foreach (var configuration in configurations)
            configuration.RequireUnused();
        foreach (var configuration in configurations)
            Remove(configuration, now);
    }
}
