using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The VPC connectors of a region.</summary>
/// <param name="region">The region.</param>
internal sealed class VpcConnectorStore(Region region) : NamedStore<StoredVpcConnector>(region, "VPC connector")
{
    private const int Quota = 10;

    // The simulation has no VPCs, so there is one default security group.
    private const string DefaultSecurityGroup = "sg-00000000000000001";

    /// <summary>Adds a connector.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is already used, or an id is not valid.</exception>
    /// <exception cref="ServiceQuotaExceededException">The quota is reached.</exception>
    public StoredVpcConnector Create(CreateVpcConnectorRequest request, DateTime now)
    {
        NetworkIds.RequireEach(nameof(request.Subnets), NetworkIds.Subnet, request.Subnets!);
        var securityGroups = request.SecurityGroups is { Count: > 0 } given ? given : [DefaultSecurityGroup];
        NetworkIds.RequireEach(nameof(request.SecurityGroups), NetworkIds.SecurityGroup, securityGroups);
        RequireUniqueName(request.VpcConnectorName!);
        RequireQuota(Quota);
        var connector = new StoredVpcConnector(Region, request.VpcConnectorName!, request.Subnets!, securityGroups, now, request.Tags);
        Add(connector);
        return connector;
    }

    /// <summary>Deletes a connector.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service uses the connector.</exception>
    public void Delete(StoredVpcConnector connector, DateTime now)
    {
        connector.RequireUnused();
        Remove(connector, now);
    }
}

/// <summary>A VPC connector. Connectors are immutable.</summary>
internal sealed class StoredVpcConnector : SharedResource
{
    // App Runner supports one revision of each name.
    private const int OnlyRevision = 1;

    /// <summary>Creates a connector.</summary>
    /// <param name="region">The region.</param>
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

    /// <summary>Converts it into the API's type.</summary>
    public VpcConnector ToShape() => new()
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

/// <summary>Ids of Amazon VPC resources. An id with a valid format is assumed to exist.</summary>
internal static class NetworkIds
{
    public const string Vpc = "vpc";
    public const string VpcEndpoint = "vpce";
    public const string Subnet = "subnet";
    public const string SecurityGroup = "sg";

    /// <summary>Rejects an id with the wrong format.</summary>
    /// <param name="member">The member of the request.</param>
    /// <param name="kind">The prefix of the id.</param>
    /// <param name="id">The ID; null counts as missing.</param>
    /// <exception cref="InvalidRequestException">The id is not valid.</exception>
    public static void Require(string member, string kind, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw new InvalidRequestException($"{member} is required.");
        var digits = id.StartsWith(kind + "-", StringComparison.Ordinal) ? id[(kind.Length + 1)..] : string.Empty;
        if (digits.Length is not (8 or 17) || !digits.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f'))
            throw new InvalidRequestException($"{member} must be an ID such as {kind}-0123456789abcdef0: {id}");
    }

    /// <summary>Rejects a list with an id in the wrong format, or with an id twice.</summary>
    /// <param name="member">The member of the request.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ids">The IDs.</param>
    /// <exception cref="InvalidRequestException">The list is not valid.</exception>
    public static void RequireEach(string member, string kind, IReadOnlyCollection<string> ids)
    {
        foreach (var id in ids)
            Require(member, kind, id);
        if (ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidRequestException($"{member} contains an ID twice: {twice.Key}");
    }
}
