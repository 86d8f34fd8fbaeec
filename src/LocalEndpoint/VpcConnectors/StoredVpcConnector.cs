using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

/// <summary>A VPC connector: never changed, only deleted.</summary>
internal sealed class StoredVpcConnector : SharedResource
{
    // App Runner has one revision of each name.
    private const int OnlyRevision = 1;

    /// <summary>Makes it.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="name">Its name.</param>
    /// <param name="subnets">The IDs of its subnets.</param>
    /// <param name="securityGroups">The IDs of its security groups.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    public StoredVpcConnector(Region region, string name, IReadOnlyList<string> subnets, IReadOnlyList<string> securityGroups, DateTime now, IReadOnlyList<Tag>? tags)
        : base(region, "vpcconnector", name, now, tags, OnlyRevision)
    {
        Subnets = subnets;
        SecurityGroups = securityGroups;
    }

    public IReadOnlyList<string> Subnets { get; }

    public IReadOnlyList<string> SecurityGroups { get; }

    /// <summary>It as the API shows it.</summary>
    public VpcConnector Show() => new()
    {
        VpcConnectorName = Name,
        VpcConnectorArn = Arn,
        VpcConnectorRevision = OnlyRevision,
        Subnets = [.. Subnets],
        SecurityGroups = [.. SecurityGroups],
        Status = DeletedAt is null ? VpcConnectorStatus.Active : VpcConnectorStatus.Inactive,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    };
}
