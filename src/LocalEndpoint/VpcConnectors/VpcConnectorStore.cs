using System;
using AppRunner.LocalEndpoint.Networking;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcConnectors;

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
