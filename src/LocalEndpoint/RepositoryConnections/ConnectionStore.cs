using System;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.RepositoryConnections;

/// <summary>A region's connections to source code providers.</summary>
/// <param name="region">The region.</param>
internal sealed class ConnectionStore(Region region) : NamedStore<StoredConnection>(region, "Connection")
{
    private const int Quota = 10;

    /// <summary>Adds a connection.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is taken.</exception>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public StoredConnection Create(CreateConnectionRequest request, DateTime now)
    {
        RequireFree(request.ConnectionName!);
        RequireRoom(Quota);
        var connection = new StoredConnection(Region, request.ConnectionName!, request.ProviderType!, now, request.Tags);
        Add(connection);
        return connection;
    }

    /// <summary>Deletes a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service uses it.</exception>
    public void Delete(StoredConnection connection, DateTime now)
    {
        connection.RequireUnused();
        Remove(connection, now);
    }
}
