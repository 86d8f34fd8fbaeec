using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.State;

/// <summary>A region's log groups. Beside the region's lock they are guarded by a lock of their own: lines come from programs that run.</summary>
/// <param name="region">The region.</param>
internal sealed class LogStore(Region region) : ResourceStore(region)
{
    private readonly SortedDictionary<string, StoredLogGroup> groups = new(StringComparer.Ordinal);
    private long nextSequence = 1;

    /// <summary>The log of a service. It takes no room before something is written.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    public ServiceLog For(string serviceName, string serviceId) => new(this, Region.Endpoint.Clock, serviceName, serviceId);

    /// <summary>A group, made where it is not there.</summary>
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

    /// <summary>Forgets a group, if it is there.</summary>
    public void Remove(string name)
    {
        lock (groups)
            groups.Remove(name);
    }

    /// <summary>All groups by name.</summary>
    public List<StoredLogGroup> All()
    {
        lock (groups)
            return groups.Values.ToList();
    }

    /// <summary>A group; null where it is not there.</summary>
    public StoredLogGroup? TryFind(string name)
    {
        lock (groups)
            return groups.GetValueOrDefault(name);
    }

    /// <summary>The group that a request is about.</summary>
    /// <exception cref="AppRunnerServiceException">There is none.</exception>
    public StoredLogGroup Find<TResponse>(LogGroupRequest<TResponse> request)
        where TResponse : AppRunnerResponse
    {
        var name = request.LogGroupName ?? request.LogGroupIdentifier!;
        var prefix = Region.LogArnOf(string.Empty);
        return TryFind(name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].TrimEnd('*').TrimEnd(':') : name)
            ?? throw new ResourceNotFoundException("The specified log group does not exist.");
    }
}

/// <summary>The log of one service. Any thread may write. Empty lines are left out: CloudWatch knows none.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="clock">The time.</param>
/// <param name="serviceName">The service's name.</param>
/// <param name="serviceId">The service's id.</param>
internal sealed class ServiceLog(LogStore store, IClock clock, string serviceName, string serviceId)
{
    private readonly string serviceGroup = ServiceLogNames.ServiceGroup(serviceName, serviceId);
    private readonly string applicationGroup = ServiceLogNames.ApplicationGroup(serviceName, serviceId);

    /// <summary>An event of the service.</summary>
    /// <param name="text">The line.</param>
    /// <param name="at">When it happened; null for now.</param>
    public void Event(string text, DateTime? at = null) => Write(serviceGroup, ServiceLogNames.EventStream, text, at);

    /// <summary>A line about an operation.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="text">The line.</param>
    /// <param name="at">When it happened; null for now.</param>
    public void Deployment(string operationId, string text, DateTime? at = null) => Write(serviceGroup, ServiceLogNames.DeploymentStream(operationId), text, at);

    /// <summary>A line that an instance wrote.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="text">The line.</param>
    public void Instance(string instanceId, string text) => Write(applicationGroup, ServiceLogNames.InstancePrefix + instanceId, text, null);

    /// <summary>Forgets all of it.</summary>
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
