using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.AutoScaling;

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

    public int MaxConcurrency { get; init; } = CreateAutoScalingConfigurationRequest.DefaultMaxConcurrency;

    public int MinSize { get; init; } = CreateAutoScalingConfigurationRequest.DefaultMinSize;

    public int MaxSize { get; init; } = CreateAutoScalingConfigurationRequest.DefaultMaxSize;

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
