using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The connections of a region to source code providers.</summary>
/// <param name="region">The region.</param>
internal sealed class GitConnectionStore(Region region) : NamedStore<StoredGitConnection>(region, "Connection")
{
    private const int Quota = 10;

    /// <summary>Adds a connection.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is already used.</exception>
    /// <exception cref="ServiceQuotaExceededException">The quota is reached.</exception>
    public StoredGitConnection Create(CreateConnectionRequest request, DateTime now)
    {
        RequireUniqueName(request.ConnectionName!);
        RequireQuota(Quota);
        var connection = new StoredGitConnection(Region, request.ConnectionName!, request.ProviderType!, now, request.Tags);
        Add(connection);
        return connection;
    }

    /// <summary>Finds a connection by an ARN that ends with its name; null if there is none.</summary>
    /// <param name="arn">Such as <c>arn:aws:apprunner:REGION:ACCOUNT:connection/NAME</c>.</param>
    public StoredGitConnection? FindByNameArn(string arn) =>
        FindByName(arn[(arn.LastIndexOf('/') + 1)..]) is { } found && found.Arn[..found.Arn.LastIndexOf('/')] == arn ? found : null;

    /// <summary>Deletes a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">A service uses the connection.</exception>
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

    /// <summary>Creates a connection with status PENDING_HANDSHAKE.</summary>
    /// <param name="region">The region.</param>
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
    /// <exception cref="InvalidStateException">Its status is not PENDING_HANDSHAKE.</exception>
    public void Approve()
    {
        if (Status != ConnectionStatus.PendingHandshake)
            throw new InvalidStateException($"Connection cannot be approved in the current state: {Status}.");
        approved = true;
    }

    /// <summary>Converts it into the response of CreateConnection and DeleteConnection.</summary>
    public Connection ToShape() => Fill(new Connection());

    /// <summary>Converts it into the response of ListConnections.</summary>
    public ConnectionSummary ToSummary() => Fill(new ConnectionSummary());

    private TShape Fill<TShape>(TShape shape)
        where TShape : ConnectionSummary
    {
        shape.ConnectionName = Name;
        shape.ConnectionArn = Arn;
        shape.ProviderType = Provider;
        shape.Status = Status;
        shape.CreatedAt = CreatedAt;
        return shape;
    }
}
