using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The auto scaling configurations of a region, one of which is the default.</summary>
internal sealed class AutoScalingConfigurationStore : RevisionStore<StoredAutoScalingConfiguration>
{
    /// <summary>Creates the store with the default configuration, which every region has.</summary>
    /// <param name="region">The region.</param>
    public AutoScalingConfigurationStore(Region region)
        : base(region, "Auto scaling configuration", nameQuota: 10, revisionQuota: 5)
    {
        Default = new StoredAutoScalingConfiguration(region, "DefaultConfiguration", 1, region.Endpoint.StartedAt, id: "00000000000000000000000000000001") { IsDefault = true };
        Add(Default);
    }

    /// <summary>The configuration of services without an AutoScalingConfigurationArn.</summary>
    public StoredAutoScalingConfiguration Default { get; private set; }

    /// <summary>Adds the next revision of a name.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ServiceQuotaExceededException">A quota is reached.</exception>
    public StoredAutoScalingConfiguration Create(CreateAutoScalingConfigurationRequest request, DateTime now)
    {
        var name = request.AutoScalingConfigurationName!;
        Defaults.Fill(request);
        var configuration = new StoredAutoScalingConfiguration(Region, name, NextRevision(name), now, request.Tags)
        {
            MaxConcurrency = request.MaxConcurrency!.Value,
            MinSize = request.MinSize!.Value,
            MaxSize = request.MaxSize!.Value,
        };
        Add(configuration);
        return configuration;
    }

    /// <summary>Sets the default configuration.</summary>
    public void MakeDefault(StoredAutoScalingConfiguration configuration)
    {
        Default.IsDefault = false;
        configuration.IsDefault = true;
        Default = configuration;
    }

    /// <summary>Deletes all given revisions, or none if one cannot be deleted.</summary>
    /// <param name="configurations">The revisions.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">One of them is the default, or used by a service.</exception>
    public void Delete(StoredAutoScalingConfiguration[] configurations, DateTime now)
    {
        if (configurations.Contains(Default))
            throw new InvalidRequestException($"{Default.Arn} cannot be deleted, because it is the default. Make another configuration the default first.");
        foreach (var configuration in configurations)
            configuration.RequireUnused();
        foreach (var configuration in configurations)
            Remove(configuration, now);
    }
}

/// <summary>One revision of an auto scaling configuration.</summary>
internal sealed class StoredAutoScalingConfiguration : StoredRevision
{
    /// <summary>Creates a revision.</summary>
    /// <param name="region">The region.</param>
    /// <param name="name">Its name.</param>
    /// <param name="revision">The revision number.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="id">The id (32 hexadecimal digits); null for a random one.</param>
    public StoredAutoScalingConfiguration(Region region, string name, int revision, DateTime now, IReadOnlyList<Tag>? tags = null, string? id = null)
        : base(region, "autoscalingconfiguration", name, revision, now, tags, id)
    {
    }

    public int MaxConcurrency { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MaxConcurrency));

    public int MinSize { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MinSize));

    public int MaxSize { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MaxSize));

    /// <summary>Whether it is the default; set by the store.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Converts it into the response of DescribeAutoScalingConfiguration.</summary>
    public AutoScalingConfiguration ToShape() => Fill(new AutoScalingConfiguration
    {
        Latest = Latest,
        MaxConcurrency = MaxConcurrency,
        MinSize = MinSize,
        MaxSize = MaxSize,
        DeletedAt = DeletedAt,
    });

    /// <summary>Converts it into the summary in lists and services.</summary>
    public AutoScalingConfigurationSummary ToSummary() => Fill(new AutoScalingConfigurationSummary());

    private TShape Fill<TShape>(TShape shape)
        where TShape : AutoScalingConfigurationSummary
    {
        shape.AutoScalingConfigurationArn = Arn;
        shape.AutoScalingConfigurationName = Name;
        shape.AutoScalingConfigurationRevision = Revision;

        // The service deviates from its own model: it sends this status in lower case.
        shape.Status = (DeletedAt is null ? AutoScalingConfigurationStatus.Active : AutoScalingConfigurationStatus.Inactive).ToLowerInvariant();
        shape.CreatedAt = CreatedAt;
        shape.HasAssociatedService = Services.Count > 0;
        shape.IsDefault = IsDefault;
        return shape;
    }
}
