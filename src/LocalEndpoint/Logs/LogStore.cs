using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.LocalEndpoint.Resources;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>A region's log groups. Beside the region's gate they are guarded by a lock of their own: lines come from programs that run.</summary>
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
