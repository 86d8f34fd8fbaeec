using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.State;

/// <summary>The log groups of a region. They have their own lock, because running programs write without the region's lock.</summary>
/// <param name="region">The region.</param>
internal sealed class LogStore(Region region) : ResourceStore(region)
{
    private readonly SortedDictionary<string, StoredLogGroup> groups = new(StringComparer.Ordinal);
    private long nextSequence = 1;

    /// <summary>The log of a service. Its groups are created at the first write.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    public ServiceLog For(string serviceName, string serviceId) => new(this, Region.Endpoint.Clock, serviceName, serviceId);

    /// <summary>Finds or creates a group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="at">The time.</param>
    public StoredLogGroup Open(string name, DateTime at)
    {
        lock (groups)
        {
            if (!groups.TryGetValue(name, out var group))
                groups[name] = group = new StoredLogGroup(name, Region.LogArnOf(name), nextSequence++, ServiceLogNames.ToTimestamp(at), Region.Endpoint.LogLimit);
            return group;
        }
    }

    /// <summary>Removes a group if it exists.</summary>
    public void Remove(string name)
    {
        lock (groups)
            groups.Remove(name);
    }

    /// <summary>All groups, sorted by name.</summary>
    public List<StoredLogGroup> All()
    {
        lock (groups)
            return groups.Values.ToList();
    }

    /// <summary>A group; null if it does not exist.</summary>
    public StoredLogGroup? TryFind(string name)
    {
        lock (groups)
            return groups.GetValueOrDefault(name);
    }

    /// <summary>The group that a request names.</summary>
    /// <exception cref="AppRunnerServiceException">The group does not exist.</exception>
    public StoredLogGroup Find<TResponse>(LogGroupRequest<TResponse> request)
        where TResponse : AppRunnerResponse
    {
        var name = request.LogGroupName ?? request.LogGroupIdentifier!;
        var prefix = Region.LogArnOf(string.Empty);
        return TryFind(name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].TrimEnd('*').TrimEnd(':') : name)
            ?? throw new ResourceNotFoundException("The specified log group does not exist.");
    }
}

/// <summary>The log of one service. Thread-safe. Empty lines are not written: CloudWatch Logs does not accept them.</summary>
/// <param name="store">The log groups of the region.</param>
/// <param name="clock">The clock.</param>
/// <param name="serviceName">The service's name.</param>
/// <param name="serviceId">The service's id.</param>
internal sealed class ServiceLog(LogStore store, IClock clock, string serviceName, string serviceId)
{
    private readonly string serviceGroup = ServiceLogNames.ServiceGroup(serviceName, serviceId);
    private readonly string applicationGroup = ServiceLogNames.ApplicationGroup(serviceName, serviceId);

    /// <summary>Its size in bytes.</summary>
    public long Bytes => (store.TryFind(serviceGroup)?.Bytes ?? 0) + (store.TryFind(applicationGroup)?.Bytes ?? 0);

    /// <summary>Writes an event of the service.</summary>
    /// <param name="text">The line.</param>
    /// <param name="at">The time; null for now.</param>
    public void Event(string text, DateTime? at = null) => Write(serviceGroup, ServiceLogNames.EventStream, text, at);

    /// <summary>Writes a line to the deployment log of an operation.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="text">The line.</param>
    /// <param name="at">The time; null for now.</param>
    public void Deployment(string operationId, string text, DateTime? at = null) => Write(serviceGroup, ServiceLogNames.DeploymentStream(operationId), text, at);

    /// <summary>Writes a line of an instance's output.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="text">The line.</param>
    public void Instance(string instanceId, string text) => Write(applicationGroup, ServiceLogNames.InstancePrefix + instanceId, text, null);

    /// <summary>Removes the log.</summary>
    public void Remove()
    {
        store.Remove(serviceGroup);
        store.Remove(applicationGroup);
    }

    private void Write(string group, string stream, string text, DateTime? at)
    {
        if (text.Length == 0)
            return;
        var time = at ?? clock.UtcNow;
        store.Open(group, time).Write(stream, time, text);
    }
}
