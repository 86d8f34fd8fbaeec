using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's services, and what happens to them.</summary>
/// <param name="region">The region.</param>
internal sealed class ServiceStore(Region region) : NamedStore<StoredService>(region, "Service")
{
    /// <inheritdoc/>
    public override void AdvanceClock(DateTime now)
    {
        Region.Runner.AdvanceClock(now);
        base.AdvanceClock(now);
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
        service.Url = Region.Runner.Open(service) ?? service.Url;
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
        var outcome = Region.Endpoint.ForcedOutcomes.Take(operationType, service.Name);
        var operation = service.Begin(operationType, outcome, now, Region.Runner.DurationOf(outcome), configuration);
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
        service.End(outcome, at);
        if (service.Status == ServiceStatus.Deleted)
        {
            Remove(service, at);
            Region.Store<CustomDomainStore>().RemoveAllOf(service);
        }

        foreach (var resource in service.DeletedAt is null ? used.Except(service.Shared) : used)
            resource.Services.Remove(service);
    }

    /// <inheritdoc/>
    protected override void Forget(StoredService item)
    {
        base.Forget(item);
        item.Log.Remove();
    }
}

/// <summary>Which statuses allow what.</summary>
internal static class ServiceStateRules
{
    /// <summary>Refuses an operation that the service's status forbids.</summary>
    /// <param name="service">The service.</param>
    /// <param name="what">What cannot be done then, such as <c>paused</c>.</param>
    /// <param name="allowed">The statuses that allow it.</param>
    /// <exception cref="InvalidStateException">Another status.</exception>
    public static void Require(StoredService service, string what, params string[] allowed)
    {
        if (Array.IndexOf(allowed, service.Status) < 0)
            throw new InvalidStateException($"Service cannot be {what} in the current state: {service.Status}.");
    }
}
