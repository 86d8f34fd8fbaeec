using System;
using System.Collections.Generic;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's VPC ingress connections, and what happens to them.</summary>
/// <param name="region">The region.</param>
internal sealed class VpcIngressConnectionStore(Region region) : NamedStore<StoredVpcIngressConnection>(region, "VPC ingress connection")
{
    private static readonly SequenceList<StoredVpcIngressConnection> None = new();

    private readonly PriorityQueue<StoredVpcIngressConnection, DateTime> busy = new();
    private readonly Dictionary<string, StoredVpcIngressConnection> byService = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SequenceList<StoredVpcIngressConnection>> byEndpoint = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        while (busy.TryPeek(out var connection, out var end) && end <= now)
        {
            busy.Dequeue();
            Unlist(connection);
            connection.End();
            if (connection.Status == VpcIngressConnectionStatus.Deleted)
                Remove(connection, end);
            else
                List(connection);
        }

        base.AdvanceClock(now);
    }

    /// <summary>The one that leads to a service and is not deleted; null where there is none.</summary>
    public StoredVpcIngressConnection? OfService(string serviceArn) => byService.GetValueOrDefault(serviceArn);

    /// <summary>Those that are not deleted, in the order of their creation.</summary>
    /// <param name="serviceArn">The service that they lead to; null or empty for any.</param>
    /// <param name="endpointId">The VPC endpoint that they have or are about to have; null or empty for any.</param>
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

    /// <summary>Adds one and begins to create it.</summary>
    /// <param name="service">The service that it leads to.</param>
    /// <param name="request">What it shall be.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">The name is taken, or an ID is none.</exception>
    /// <exception cref="ServiceQuotaExceededException">The service has one.</exception>
    public StoredVpcIngressConnection Create(StoredService service, CreateVpcIngressConnectionRequest request, DateTime now)
    {
        RequireEndpoint(request.IngressVpcConfiguration!);
        RequireFree(request.VpcIngressConnectionName!);
        if (OfService(service.Arn) is { } other)
            throw new ServiceQuotaExceededException($"A service can have one VPC ingress connection, and this one has {other.Arn}.");
        var connection = new StoredVpcIngressConnection(Region, service, request.VpcIngressConnectionName!, request.IngressVpcConfiguration!, now, request.Tags);
        Add(connection);
        byService.Add(service.Arn, connection);
        Begin(connection, VpcIngressConnectionStatus.PendingCreation, OutcomeTarget.CreateVpcIngressConnection, now);
        return connection;
    }

    /// <summary>Begins to give one another VPC endpoint.</summary>
    /// <param name="connection">One that can be updated now.</param>
    /// <param name="vpc">The VPC endpoint.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidRequestException">An ID is none.</exception>
    public void Update(StoredVpcIngressConnection connection, IngressVpcConfiguration vpc, DateTime now)
    {
        RequireEndpoint(vpc);
        Unlist(connection);
        Begin(connection, VpcIngressConnectionStatus.PendingUpdate, OutcomeTarget.UpdateVpcIngressConnection, now, vpc);
    }

    /// <summary>Begins to delete one.</summary>
    /// <param name="connection">One that can be deleted now.</param>
    /// <param name="now">The time.</param>
    public void Delete(StoredVpcIngressConnection connection, DateTime now)
    {
        Unlist(connection);
        Begin(connection, VpcIngressConnectionStatus.PendingDeletion, OutcomeTarget.DeleteVpcIngressConnection, now);
    }

    /// <inheritdoc/>
    protected override void Remove(StoredVpcIngressConnection item, DateTime at)
    {
        base.Remove(item, at);
        byService.Remove(item.Service.Arn);
    }

    // The API calls both optional, and takes no connection without them.
    private static void RequireEndpoint(IngressVpcConfiguration vpc)
    {
        NetworkIds.Require($"{nameof(IngressVpcConfiguration)}.{nameof(vpc.VpcId)}", NetworkIds.Vpc, vpc.VpcId);
        NetworkIds.Require($"{nameof(IngressVpcConfiguration)}.{nameof(vpc.VpcEndpointId)}", NetworkIds.VpcEndpoint, vpc.VpcEndpointId);
    }

    private void Begin(StoredVpcIngressConnection connection, string pending, string change, DateTime now, IngressVpcConfiguration? vpc = null)
    {
        var endpoint = Region.Endpoint;
        connection.Begin(pending, endpoint.ForcedOutcomes.Take(change, connection.Name) == OperationStatus.Succeeded, vpc);
        busy.Enqueue(connection, now + endpoint.OperationDuration);
        List(connection);
    }

    private void List(StoredVpcIngressConnection connection)
    {
        var id = connection.Vpc.VpcEndpointId!;
        if (!byEndpoint.TryGetValue(id, out var connections))
            byEndpoint.Add(id, connections = new SequenceList<StoredVpcIngressConnection>());
        connections.Add(connection);
    }

    private void Unlist(StoredVpcIngressConnection connection)
    {
        var id = connection.Vpc.VpcEndpointId!;
        var connections = byEndpoint[id];
        connections.Remove(connection);
        if (connections.Count == 0)
            byEndpoint.Remove(id);
    }
}

/// <summary>A VPC ingress connection: what it is, and what happens to it.</summary>
internal sealed class StoredVpcIngressConnection : StoredResource
{
    private readonly string accountId;
    private IngressVpcConfiguration? vpcBefore;
    private bool succeeds;

    /// <summary>Makes one to which nothing has happened yet.</summary>
    /// <param name="region">Where it lives.</param>
    /// <param name="service">The service that it leads to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="vpc">The VPC endpoint.</param>
    /// <param name="now">The time.</param>
    /// <param name="tags">Its tags.</param>
    public StoredVpcIngressConnection(Region region, StoredService service, string name, IngressVpcConfiguration vpc, DateTime now, IReadOnlyList<Tag>? tags)
        : base(region, "vpcingressconnection", name, now, tags)
    {
        accountId = region.Endpoint.AccountId;
        Service = service;
        DomainName = region.NewHostName();
        Vpc = vpc;
    }

    /// <summary>The service that it leads to.</summary>
    public StoredService Service { get; }

    public string DomainName { get; }

    /// <summary>The VPC endpoint that it has, or is about to have. Immutable, so that responses can share it.</summary>
    public IngressVpcConfiguration Vpc { get; private set; }

    /// <summary>One of <see cref="VpcIngressConnectionStatus"/>.</summary>
    public string Status { get; private set; } = string.Empty;

    /// <summary>Refuses a change that the status forbids.</summary>
    /// <param name="what">What cannot be done then, such as <c>updated</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">Another status.</exception>
    public void Require(string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, Status) < 0)
            throw new InvalidStateException($"VPC ingress connection cannot be {what} in the current state: {Status}.");
    }

    /// <summary>Begins a change; none runs.</summary>
    /// <param name="pending">The status meanwhile.</param>
    /// <param name="ends">Whether it will end well.</param>
    /// <param name="vpc">The VPC endpoint that it has if the change ends well; null leaves that as it is.</param>
    public void Begin(string pending, bool ends, IngressVpcConfiguration? vpc = null)
    {
        Status = pending;
        succeeds = ends;
        vpcBefore = Vpc;
        Vpc = vpc ?? Vpc;
    }

    /// <summary>Ends the running change: its time has come.</summary>
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

    /// <summary>It as DescribeVpcIngressConnection shows it.</summary>
    public VpcIngressConnection Show() => Fill(new VpcIngressConnection
    {
        VpcIngressConnectionName = Name,
        Status = Status,
        AccountId = accountId,
        DomainName = DomainName,
        IngressVpcConfiguration = Vpc,
        CreatedAt = CreatedAt,
        DeletedAt = DeletedAt,
    });

    /// <summary>It as ListVpcIngressConnections shows it.</summary>
    public VpcIngressConnectionSummary ShowSummary() => Fill(new VpcIngressConnectionSummary());

    private TShown Fill<TShown>(TShown shown)
        where TShown : VpcIngressConnectionSummary
    {
        shown.VpcIngressConnectionArn = Arn;
        shown.ServiceArn = Service.Arn;
        return shown;
    }
}
