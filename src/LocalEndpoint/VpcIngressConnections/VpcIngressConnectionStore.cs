using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Networking;
using AppRunner.LocalEndpoint.Outcomes;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.VpcIngressConnections;

/// <summary>A region's VPC ingress connections, and what happens to them.</summary>
/// <param name="region">The region.</param>
internal sealed class VpcIngressConnectionStore(Region region) : NamedStore<StoredVpcIngressConnection>(region, "VPC ingress connection")
{
    private static readonly SequenceList<StoredVpcIngressConnection> None = new();

    private readonly PriorityQueue<StoredVpcIngressConnection, DateTime> busy = new();
    private readonly Dictionary<string, StoredVpcIngressConnection> byService = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SequenceList<StoredVpcIngressConnection>> byEndpoint = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Settle(DateTime now)
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

        base.Settle(now);
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
        connection.Begin(pending, endpoint.Outcomes.Take(change, connection.Name) == OperationStatus.Succeeded, vpc);
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
