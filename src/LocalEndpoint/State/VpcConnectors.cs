using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's VPC connectors.</summary>
/// <param name="region">The region.</param>
internal sealed class VpcConnectorStore(Region region) : NamedStore<StoredVpcConnector>(region, "VPC connector")
{
    private const int Quota = 10;

    // There are no VPCs here that could have default groups of their own.
    private const string DefaultSecurityGroup = "sg-00000000000000001";

    /// <summary>Adds a connector.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is taken, or an ID is none.</exception>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public StoredVpcConnector Create(CreateVpcConnectorRequest request, DateTime now)
    {
        NetworkIds.RequireEach(nameof(request.Subnets), NetworkIds.Subnet, request.Subnets!);
        var securityGroups = request.SecurityGroups is { Count: > 0 } given ? given : [DefaultSecurityGroup];
        NetworkIds.RequireEach(nameof(request.SecurityGroups), NetworkIds.SecurityGroup, securityGroups);
        RequireFree(request.VpcConnectorName!);
        RequireRoom(Quota);
        var connector = new StoredVpcConnector(Region, request.VpcConnectorName!, request.Subnets!, securityGroups, now, request.Tags);
        Add(connector);
        return connector;
    }

    /// <summary>Deletes a connector.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service uses it.</exception>
    public void Delete(StoredVpcConnector connector, DateTime now)
    {
        connector.RequireUnused();
        Remove(connector, now);
    }
}

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

/// <summary>IDs of Amazon VPC's resources. What has the right form is taken for existing.</summary>
internal static class NetworkIds
{
    public const string Vpc = "vpc";
    public const string VpcEndpoint = "vpce";
    public const string Subnet = "subnet";
    public const string SecurityGroup = "sg";

    /// <summary>Refuses what cannot be an ID of a kind.</summary>
    /// <param name="member">Where it stands in the request.</param>
    /// <param name="kind">The kind, which the ID begins with.</param>
    /// <param name="id">The ID; null counts as missing.</param>
    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static void Require(string member, string kind, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw new InvalidRequestException($"{member} is required.");
        var digits = id.StartsWith(kind + "-", StringComparison.Ordinal) ? id[(kind.Length + 1)..] : string.Empty;
        if (digits.Length is not (8 or 17) || !digits.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f'))
            throw new InvalidRequestException($"{member} must be an ID such as {kind}-0123456789abcdef0: {id}");
    }

    /// <summary>Refuses a list that holds what cannot be an ID of a kind, or one ID twice.</summary>
    /// <param name="member">Where it stands in the request.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ids">The IDs.</param>
    /// <exception cref="InvalidRequestException">It holds such a thing.</exception>
    public static void RequireEach(string member, string kind, IReadOnlyCollection<string> ids)
    {
        foreach (var id in ids)
            Require(member, kind, id);
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidRequestException($"{member} holds an ID twice: {twice.Key}");
    }
}
