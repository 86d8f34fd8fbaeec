using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.CustomDomains;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Services;

/// <summary>A region's services, and what happens to them.</summary>
/// <param name="region">The region.</param>
internal sealed class ServiceStore(Region region) : NamedStore<StoredService>(region, "Service")
{
    private readonly PriorityQueue<StoredService, DateTime> busy = new();

    /// <inheritdoc/>
    public override void Settle(DateTime now)
    {
        while (busy.TryPeek(out var service, out var end) && end <= now)
        {
            busy.Dequeue();
            End(service, end, () => SimulatedLog.End(service, service.End()));
        }

        base.Settle(now);
    }

    /// <summary>The service that a request refers to whose operation knows no ResourceNotFoundException; also one that is deleted, for a while.</summary>
    /// <exception cref="InvalidRequestException">There is none.</exception>
    public StoredService FindReferred(string arn) => TryFind(arn) ?? throw new InvalidRequestException($"ServiceArn: there is no service with this ARN: {arn}");

    /// <summary>Adds a service and begins to create it.</summary>
    /// <param name="serviceName">A name that is not taken.</param>
    /// <param name="configuration">What it shall run.</param>
    /// <param name="encryption">Its own key, if any.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="now">The time.</param>
    /// <param name="operationId">The id of the operation.</param>
    public StoredService Create(string serviceName, ServiceConfiguration configuration, EncryptionConfiguration? encryption, IReadOnlyList<Tag>? tags, DateTime now, out string operationId)
    {
        var service = new StoredService(Region, serviceName, configuration, encryption, tags, now);
        if (Region.Endpoint.Execution is { } execution)
            service.Url = execution.Open(Region, service);
        Add(service);
        operationId = Begin(service, OperationType.CreateService, now);
        return service;
    }

    /// <summary>Begins an operation on a service that is not busy.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="configuration">What it runs if the operation ends well; null leaves that as it is.</param>
    /// <returns>The operation's id.</returns>
    public string Begin(StoredService service, string operationType, DateTime now, ServiceConfiguration? configuration = null)
    {
        var endpoint = Region.Endpoint;
        var outcome = endpoint.Outcomes.Take(operationType, service.Name);

        // An outcome that somebody wished for comes without work.
        var execution = outcome == OperationStatus.Succeeded ? endpoint.Execution : null;
        var operation = service.Begin(operationType, outcome, now, execution is null ? endpoint.OperationDuration : null, configuration);
        if (execution is not null)
        {
            execution.Begin(service, operation);
        }
        else
        {
            SimulatedLog.Begin(service, operation);
            busy.Enqueue(service, service.BusyUntil!.Value);
        }

        foreach (var resource in service.Shared)
            resource.Services.Add(service);
        return operation.Id;
    }

    /// <summary>Ends the running operation of a service: its work has ended.</summary>
    /// <param name="service">The service.</param>
    /// <param name="outcome">How it ended, one of <see cref="OperationStatus"/>.</param>
    /// <param name="now">The time.</param>
    public void End(StoredService service, string outcome, DateTime now) => End(service, now, () => service.End(outcome, now));

    /// <inheritdoc/>
    protected override void Forget(StoredService item)
    {
        base.Forget(item);
        item.Log.Remove();
    }

    private void End(StoredService service, DateTime at, Action end)
    {
        var used = service.Shared.ToArray();
        end();
        if (service.Status == ServiceStatus.Deleted)
        {
            Remove(service, at);
            Region.Store<CustomDomainStore>().Release(service);
        }

        foreach (var resource in service.DeletedAt is null ? used.Except(service.Shared) : used)
            resource.Services.Remove(service);
    }
}
