using System;
using System.Linq;
using AppRunner.Model;
using AppRunner.Model.Logs;

namespace AppRunner.LocalEndpoint.Logs;

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

    /// <summary>All lines of a stream that are kept.</summary>
    public string[] Lines(string stream)
    {
        var name = stream.StartsWith(ServiceLogNames.InstancePrefix, StringComparison.Ordinal) ? applicationGroup : serviceGroup;
        return store.TryFind(name)?.ReadBack(stream, long.MaxValue, int.MaxValue, _ => true).Select(line => line.Message).ToArray() ?? [];
    }

    private void Write(string group, string stream, string text, DateTime? at)
    {
        if (text.Length == 0)
            return;
        var time = at ?? clock.UtcNow;
        store.Open(group, time).Write(stream, time, text);
    }
}
