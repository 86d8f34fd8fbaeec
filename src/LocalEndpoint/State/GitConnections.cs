using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's connections to source code providers.</summary>
/// <param name="region">The region.</param>
internal sealed class GitConnectionStore(Region region) : NamedStore<StoredGitConnection>(region, "Connection")
{
    private const int Quota = 10;

    /// <summary>Adds a connection.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is taken.</exception>
    /// <exception cref="ServiceQuotaExceededException">There is no room for it.</exception>
    public StoredGitConnection Create(CreateConnectionRequest request, DateTime now)
    {
        RequireFree(request.ConnectionName!);
        RequireRoom(Quota);
        var connection = new StoredGitConnection(Region, request.ConnectionName!, request.ProviderType!, now, request.Tags);
        Add(connection);
        return connection;
    }

    /// <summary>Deletes a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service uses it.</exception>
    public void Delete(StoredGitConnection connection, DateTime now)
    {
        connection.RequireUnused();
        Remove(connection, now);
    }
}

/// <summary>A connection to a source code provider.</summary>
internal sealed class StoredGitConnection : SharedResource
{
    private bool approved;

    /// <summary>Makes one that waits for its handshake.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="name">Its name.</param>
    /// <param name="provider">One of <see cref="ProviderType"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    public StoredGitConnection(Region region, string name, string provider, DateTime now, IReadOnlyList<Tag>? tags)
        : base(region, "connection", name, now, tags) => Provider = provider;

    public string Provider { get; }

    /// <summary>One of <see cref="ConnectionStatus"/>.</summary>
    public string Status => DeletedAt is not null ? ConnectionStatus.Deleted : approved ? ConnectionStatus.Available : ConnectionStatus.PendingHandshake;

    /// <summary>Completes the handshake.</summary>
    /// <exception cref="InvalidStateException">It waits for none.</exception>
    public void Approve()
    {
        if (Status != ConnectionStatus.PendingHandshake)
            throw new InvalidStateException($"Connection cannot be approved in the current state: {Status}.");
        approved = true;
    }

    /// <summary>It as CreateConnection and DeleteConnection show it.</summary>
    public Connection Show() => Fill(new Connection());

    /// <summary>It as ListConnections shows it.</summary>
    public ConnectionSummary ShowSummary() => Fill(new ConnectionSummary());

    private TShown Fill<TShown>(TShown shown)
        where TShown : ConnectionSummary
    {
        shown.ConnectionName = Name;
        shown.ConnectionArn = Arn;
        shown.ProviderType = Provider;
        shown.Status = Status;
        shown.CreatedAt = CreatedAt;
        return shown;
    }
}
