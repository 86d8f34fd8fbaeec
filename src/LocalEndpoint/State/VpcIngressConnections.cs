using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The VPC ingress connections of a region and their status changes.</summary>
/// <param name="region">The region.</param>
internal sealed class VpcIngressConnectionStore(Region region) : NamedStore<StoredVpcIngressConnection>(region, "VPC ingress connection")
{
    private static readonly SequenceList<StoredVpcIngressConnection> None = new();

    private readonly PriorityQueue<StoredVpcIngressConnection, DateTime> changing = new();
    private readonly Dictionary<string, StoredVpcIngressConnection> byService = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SequenceList<StoredVpcIngressConnection>> byEndpoint = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        while (changing.TryPeek(out var connection, out var end) && end <= now)
        {
            changing.Dequeue();
            RemoveFromEndpoint(connection);
            connection.End();
            if (connection.Status == VpcIngressConnectionStatus.Deleted)
                Remove(connection, end);
            else
                AddToEndpoint(connection);
        }

        base.AdvanceClock(now);
    }

    /// <summary>The connection of a service; null if there is none.</summary>
    public StoredVpcIngressConnection? OfService(string serviceArn) => byService.GetValueOrDefault(serviceArn);

    /// <summary>Selects connections, in creation order.</summary>
    /// <param name="serviceArn">The service; null or empty for any.</param>
    /// <param name="endpointId">The VPC endpoint; null or empty for any.</param>
    public SequenceList<StoredVpcIngressConnection> Select(string? serviceArn, string? endpointId)
    {
        if (string.IsNullOrEmpty(serviceArn))
            return string.IsNullOrEmpty(endpointId) ? Live : byEndpoint.GetValueOrDefault(endpointId, None);
        if (OfService(serviceArn) is not { } connection || (!string.IsNullOrEmpty(endpointId) && connection.Vpc.VpcEndpointId != endpointId))
            return None;
        var only = new SequenceList<StoredVpcIngressConnection>();
        only.Add(connection);
        return only;
    }

    /// <summary>Adds a connection and starts its creation.</summary>
    /// <param name="service">The service.</param>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is already used, or an id is not valid.</exception>
    /// <exception cref="ServiceQuotaExceededException">The service already has a connection.</exception>
    public StoredVpcIngressConnection Create(StoredService service, CreateVpcIngressConnectionRequest request, DateTime now)
    {
        RequireEndpoint(request.IngressVpcConfiguration!);
        RequireUniqueName(request.VpcIngressConnectionName!);
        if (OfService(service.Arn) is { } other)
            throw new ServiceQuotaExceededException($"A service can have one VPC ingress connection. The service already has {other.Arn}.");
        var connection = new StoredVpcIngressConnection(Region, service, request.VpcIngressConnectionName!, request.IngressVpcConfiguration!, now, request.Tags);
        Add(connection);
        byService.Add(service.Arn, connection);
        Begin(connection, VpcIngressConnectionStatus.PendingCreation, OutcomeTarget.CreateVpcIngressConnection, now);
        return connection;
    }

    /// <summary>Starts changing the VPC endpoint.</summary>
    /// <param name="connection">A connection whose status allows an update.</param>
    /// <param name="vpc">The VPC endpoint.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">An id is not valid.</exception>
    public void Update(StoredVpcIngressConnection connection, IngressVpcConfiguration vpc, DateTime now)
    {
        RequireEndpoint(vpc);
        RemoveFromEndpoint(connection);
        Begin(connection, VpcIngressConnectionStatus.PendingUpdate, OutcomeTarget.UpdateVpcIngressConnection, now, vpc);
    }

    /// <summary>Starts the deletion.</summary>
    /// <param name="connection">A connection whose status allows its deletion.</param>
    /// <param name="now">The time.</param>
    public void Delete(StoredVpcIngressConnection connection, DateTime now)
    {
        RemoveFromEndpoint(connection);
        Begin(connection, VpcIngressConnectionStatus.PendingDeletion, OutcomeTarget.DeleteVpcIngressConnection, now);
    }

    /// <inheritdoc/>
    protected override void Remove(StoredVpcIngressConnection item, DateTime at)
    {
        base.Remove(item, at);
        byService.Remove(item.Service.Arn);
    }

    // Both are optional in the API model, but the service rejects a request without them.
    private static void RequireEndpoint(IngressVpcConfiguration vpc)
    {
        NetworkIds.Require($"{nameof(IngressVpcConfiguration)}.{nameof(vpc.VpcId)}", NetworkIds.Vpc, vpc.VpcId);
        NetworkIds.Require($"{nameof(IngressVpcConfiguration)}.{nameof(vpc.VpcEndpointId)}", NetworkIds.VpcEndpoint, vpc.VpcEndpointId);
    }

    private void Begin(StoredVpcIngressConnection connection, string pending, string change, DateTime now, IngressVpcConfiguration? vpc = null)
    {
        var endpoint = Region.Endpoint;
        connection.Begin(pending, endpoint.ForcedOutcomes.Take(change, connection.Name) == OperationStatus.Succeeded, vpc);
        changing.Enqueue(connection, now + endpoint.OperationDuration);
        AddToEndpoint(connection);
    }

    private void AddToEndpoint(StoredVpcIngressConnection connection)
    {
        var id = connection.Vpc.VpcEndpointId!;
        if (!byEndpoint.TryGetValue(id, out var connections))
            byEndpoint.Add(id, connections = new SequenceList<StoredVpcIngressConnection>());
        connections.Add(connection);
    }

    private void RemoveFromEndpoint(StoredVpcIngressConnection connection)
    {
        var id = connection.Vpc.VpcEndpointId!;
        var connections = byEndpoint[id];
        connections.Remove(connection);
        if (connections.Count == 0)
            byEndpoint.Remove(id);
    }
}

/// <summary>A VPC ingress connection with its status.</summary>
internal sealed class StoredVpcIngressConnection : StoredResource
{
    private readonly string accountId;
    private IngressVpcConfiguration? vpcBefore;
    private bool succeeds;

    /// <summary>Creates a connection whose creation has not started.</summary>
    /// <param name="region">The region.</param>
    /// <param name="service">The service.</param>
    /// <param name="name">Its name.</param>
    /// <param name="vpc">The VPC endpoint.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    public StoredVpcIngressConnection(Region region, StoredService service, string name, IngressVpcConfiguration vpc, DateTime now, IReadOnlyList<Tag>? tags)
        : base(region, "vpcingressconnection", name, now, tags)
    {
        accountId = region.Endpoint.AccountId;
        Service = service;
        DomainName = region.NewHostName("awsapprunner.com");
        Vpc = vpc;
    }

    /// <summary>The service.</summary>
    public StoredService Service { get; }

    public string DomainName { get; }

    /// <summary>The VPC endpoint, which the running change may still be applying. Immutable, so that responses can share it.</summary>
    public IngressVpcConfiguration Vpc { get; private set; }

    /// <summary>One of <see cref="VpcIngressConnectionStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>Rejects a change that the status does not allow.</summary>
    /// <param name="what">The change, for the message, such as <c>updated</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">The connection has another status.</exception>
    public void RequireStatus(string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, Status) < 0)
            throw new InvalidStateException($"VPC ingress connection cannot be {what} in the current state: {Status}.");
    }

    /// <summary>Starts a change; no other one may be running.</summary>
    /// <param name="pending">The status until the change ends.</param>
    /// <param name="willSucceed">Whether it will succeed.</param>
    /// <param name="vpc">The new VPC endpoint if the change succeeds; null keeps the current one.</param>
    public void Begin(string pending, bool willSucceed, IngressVpcConfiguration? vpc = null)
    {
        Status = pending;
        succeeds = willSucceed;
        vpcBefore = Vpc;
        Vpc = vpc ?? Vpc;
    }

    /// <summary>Ends the running change.</summary>
    public void End()
    {
        Status = (Status, succeeds) switch
        {
            (VpcIngressConnectionStatus.PendingCreation, false) => VpcIngressConnectionStatus.FailedCreation,
            (VpcIngressConnectionStatus.PendingUpdate, false) => VpcIngressConnectionStatus.FailedUpdate,
            (VpcIngressConnectionStatus.PendingDeletion, false) => VpcIngressConnectionStatus.FailedDeletion,
            (VpcIngressConnectionStatus.PendingDeletion, true) => VpcIngressConnectionStatus.Deleted,
            _ => VpcIngressConnectionStatus.Available,
        };
        if (!succeeds)
            Vpc = vpcBefore!;
        vpcBefore = null;
    }

    /// <summary>Converts it into the response of DescribeVpcIngressConnection.</summary>
    public VpcIngressConnection ToShape() => Fill(new VpcIngressConnection
    {
        VpcIngressConnectionName = Name,
        Status = Status,
        AccountId = accountId,
        DomainName = DomainName,
        IngressVpcConfiguration = Vpc,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    });

    /// <summary>Converts it into the response of ListVpcIngressConnections.</summary>
    public VpcIngressConnectionSummary ToSummary() => Fill(new VpcIngressConnectionSummary());

    private TShape Fill<TShape>(TShape shape)
        where TShape : VpcIngressConnectionSummary
    {
        shape.VpcIngressConnectionArn = Arn;
        shape.ServiceArn = Service.Arn;
        return shape;
    }
}
