using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The services of a region and their operations.</summary>
/// <param name="region">The region.</param>
internal sealed class ServiceStore(Region region) : NamedStore<StoredService>(region, "Service")
{
    // Limits the memory of an endpoint whose services are created and deleted again and again.
    private const long MaxOldLogBytes = 32 * 1024 * 1024;

    // The logs of deleted services, oldest first.
    private readonly Queue<(StoredService Service, long Bytes)> oldLogs = new();
    private long oldLogBytes;

    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        Region.Runner.AdvanceClock(now);
        base.AdvanceClock(now);
    }

    /// <summary>Finds a service for an operation whose errors do not include ResourceNotFoundException; also a deleted one.</summary>
    /// <exception cref="InvalidRequestException">There is no such service.</exception>
    public StoredService FindReferenced(string arn) => TryFind(arn) ?? throw new InvalidRequestException($"ServiceArn: there is no service with this ARN: {arn}");

    /// <summary>Adds a service and starts its creation.</summary>
    /// <param name="serviceName">A unique name.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="encryption">The encryption key; null for the default.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="now">The time.</param>
    /// <param name="operationId">The id of the CREATE_SERVICE operation.</param>
    public StoredService Create(string serviceName, ServiceConfiguration configuration, EncryptionConfiguration? encryption, IReadOnlyList<Tag>? tags, DateTime now, out string operationId)
    {
        var service = new StoredService(Region, serviceName, configuration, encryption, tags, now);
        service.Url = Region.Runner.Open(service) ?? service.Url;
        Add(service);
        operationId = Begin(service, OperationType.CreateService, now);
        return service;
    }

    /// <summary>Starts an operation on a service without a running operation.</summary>
    /// <param name="service">The service.</param>
    /// <param name="operationType">One of <see cref="OperationType"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="configuration">The new configuration if the operation succeeds; null keeps the current one.</param>
    /// <returns>The operation's id.</returns>
    public string Begin(StoredService service, string operationType, DateTime now, ServiceConfiguration? configuration = null)
    {
        var outcome = Region.Endpoint.ForcedOutcomes.Take(operationType, service.Name);
        var operation = service.Begin(operationType, outcome, now, Region.Runner.DurationOf(outcome), configuration);
        OperationEvents.Started(service, operation);
        Region.Runner.Begin(service, operation);
        foreach (var resource in service.Shared)
            resource.Services.Add(service);
        return operation.Id;
    }

    /// <summary>Ends the running operation of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="outcome">How it ended, one of <see cref="OperationStatus"/>.</param>
    /// <param name="at">When it ended.</param>
    public void End(StoredService service, string outcome, DateTime at)
    {
        var used = service.Shared.ToArray();
        OperationEvents.Ended(service, service.End(outcome, at));
        if (service.Status == ServiceStatus.Deleted)
        {
            Remove(service, at);
            KeepLog(service);
            service.Metrics.Clear();
            Region.Store<CustomDomainStore>().RemoveAllOf(service);
        }

        foreach (var resource in service.DeletedAt is null ? used.Except(service.Shared) : used)
            resource.Services.Remove(service);
    }

    /// <inheritdoc/>
    protected override void Forget(StoredService item)
    {
        base.Forget(item);

        // Services are forgotten in the order of their deletion.
        if (oldLogs.TryPeek(out var oldest) && oldest.Service == item)
            RemoveOldestLog();
    }

    private void KeepLog(StoredService service)
    {
        var bytes = service.Log.Bytes;
        oldLogs.Enqueue((service, bytes));
        oldLogBytes += bytes;
        while (oldLogBytes > MaxOldLogBytes && oldLogs.Count > 1)
            RemoveOldestLog();
    }

    private void RemoveOldestLog()
    {
        var (service, bytes) = oldLogs.Dequeue();
        oldLogBytes -= bytes;
        service.Log.Remove();
    }
}

/// <summary>The statuses in which an operation is allowed.</summary>
internal static class ServiceStateRules
{
    /// <summary>Rejects an operation that the service's status does not allow.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">The operation, for the message, such as <c>paused</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">The service has another status.</exception>
    public static void RequireStatus(StoredService service, string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, service.Status) < 0)
            throw new InvalidStateException($"Service cannot be {what} in the current state: {service.Status}.");
    }
}
