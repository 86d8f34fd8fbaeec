using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.LocalEndpoint.State;

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

/// <summary>One revision of an auto scaling configuration.</summary>
internal sealed class StoredAutoScalingConfiguration : StoredRevision
{
    /// <summary>Makes it.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="name">Its name.</param>
    /// <param name="revision">Its number.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="id">Its 32 hexadecimal digits; null for random ones.</param>
    public StoredAutoScalingConfiguration(Region region, string name, int revision, DateTime now, IReadOnlyList<Tag>? tags = null, string? id = null)
        : base(region, "autoscalingconfiguration", name, revision, now, tags, id)
    {
    }

    public int MaxConcurrency { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MaxConcurrency));

    public int MinSize { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MinSize));

    public int MaxSize { get; init; } = Defaults.Number<CreateAutoScalingConfigurationRequest>(nameof(MaxSize));

    /// <summary>Whether services get it that name none; the store sets it.</summary>
    public bool IsDefault { get; set; }

    /// <summary>It as DescribeAutoScalingConfiguration shows it.</summary>
    public AutoScalingConfiguration Show() => Fill(new AutoScalingConfiguration
    {
        Latest = Latest,
        MaxConcurrency = MaxConcurrency,
        MinSize = MinSize,
        MaxSize = MaxSize,
        DeletedAt = DeletedAt,
    });

    /// <summary>It as lists and services show it.</summary>
    public AutoScalingConfigurationSummary ShowSummary() => Fill(new AutoScalingConfigurationSummary());

    private TShown Fill<TShown>(TShown shown)
        where TShown : AutoScalingConfigurationSummary
    {
        shown.AutoScalingConfigurationArn = Arn;
        shown.AutoScalingConfigurationName = Name;
        shown.AutoScalingConfigurationRevision = Revision;
        shown.Status = DeletedAt is null ? AutoScalingConfigurationStatus.Active : AutoScalingConfigurationStatus.Inactive;
        shown.CreatedAt = CreatedAt;
        shown.HasAssociatedService = Services.Count > 0;
        shown.IsDefault = IsDefault;
        return shown;
    }
}
