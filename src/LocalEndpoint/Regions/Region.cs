using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using AppRunner.LocalEndpoint.Services;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Regions;

/// <summary>One region's world: its services, and what is left of deleted ones. Whoever uses it holds <see cref="Gate"/>.</summary>
/// <param name="name">The region's name.</param>
/// <param name="endpoint">What all regions share.</param>
internal sealed class Region(string name, EndpointState endpoint)
{
    private const int MostDeleted = 10_000;
    private static readonly TimeSpan DeletedStays = TimeSpan.FromHours(1);

    private readonly Dictionary<string, StoredService> byArn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredService> byName = new(StringComparer.Ordinal);
    private readonly List<StoredService> inOrder = [];
    private readonly PriorityQueue<StoredService, DateTime> busy = new();
    private readonly Queue<StoredService> deleted = new();
    private long nextSequence = 1;

    /// <summary>Held by whoever reads or changes anything here.</summary>
    public object Gate { get; } = new();

    /// <summary>The region's name.</summary>
    public string Name { get; } = name;

    /// <summary>How many services there are, deleted ones not counted.</summary>
    public int ServiceCount => inOrder.Count;

    /// <summary>Brings everything up to the time. Costs what has ended since the last call, whatever else there is.</summary>
    public void Settle(DateTime now)
    {
        while (busy.TryPeek(out var service, out var end) && end <= now)
        {
            busy.Dequeue();
            service.End();
            if (service.Status != ServiceStatus.Deleted)
                continue;
            byName.Remove(service.Name);
            inOrder.RemoveAt(PlaceOf(service.Sequence));
            deleted.Enqueue(service);
        }

        while (deleted.TryPeek(out var service) && (deleted.Count > MostDeleted || service.DeletedAt + DeletedStays <= now))
            byArn.Remove(deleted.Dequeue().Arn);
    }

    /// <summary>The ARN of a resource of this region.</summary>
    /// <param name="resource">Such as <c>service/web/ID</c>.</param>
    public string ArnOf(string resource) => $"arn:{RegionName.PartitionOf(Name)}:apprunner:{Name}:{endpoint.AccountId}:{resource}";

    /// <summary>Whether a service that is not deleted has the name.</summary>
    public bool IsNameTaken(string serviceName) => byName.ContainsKey(serviceName);

    /// <summary>The service of an ARN; also one that is deleted, for a while.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public StoredService Find(string serviceArn) => byArn.TryGetValue(serviceArn, out var service)
        ? service
        : throw new ResourceNotFoundException($"Service with the provided ARN could not be found: {serviceArn}");

    /// <summary>Adds a service and begins to create it.</summary>
    /// <param name="serviceName">A name that is not taken.</param>
    /// <param name="configuration">What it shall run.</param>
    /// <param name="encryption">Its own key, if any.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="now">The time.</param>
    /// <param name="operationId">The id of the operation.</param>
    public StoredService Create(string serviceName, ServiceConfiguration configuration, EncryptionConfiguration? encryption, IReadOnlyList<Tag> tags, DateTime now, out string operationId)
    {
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        var service = new StoredService
        {
            Sequence = nextSequence++,
            Name = serviceName,
            Id = id,
            Arn = ArnOf($"service/{serviceName}/{id}"),
            Url = $"{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)}.{Name}.awsapprunner.com",
            CreatedAt = now,
            Configuration = configuration,
            Encryption = encryption,
            Tags = tags,
        };
        byArn.Add(service.Arn, service);
        byName.Add(service.Name, service);
        inOrder.Add(service);
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
        var operationId = service.Begin(operationType, endpoint.Outcomes.Take(operationType, service.Name), now, endpoint.OperationDuration, configuration);
        busy.Enqueue(service, service.BusyUntil!.Value);
        return operationId;
    }

    /// <summary>Services that are not deleted, in the order of their creation, so that pages neither skip nor repeat one while others come and go.</summary>
    /// <param name="after">The place after which to begin; null begins with the first.</param>
    /// <param name="most">Most services to give.</param>
    /// <param name="rest">After which place the next page begins; null on the last one.</param>
    public List<ServiceSummary> Services(long? after, int most, out long? rest)
    {
        var start = after is null ? 0 : PlaceOf(after.Value + 1);
        var count = Math.Min(most, inOrder.Count - start);
        rest = start + count < inOrder.Count ? inOrder[start + count - 1].Sequence : null;
        return inOrder.GetRange(start, count).Select(service => service.ShowSummary()).ToList();
    }

    // Where the first service from a sequence on stands.
    private int PlaceOf(long sequence)
    {
        int low = 0, high = inOrder.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (inOrder[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
