using System;

namespace AppRunner.Model;

/// <summary>Where App Runner keeps the logs of services in CloudWatch Logs.</summary>
public static class ServiceLogNames
{
    /// <summary>The stream of the service's events.</summary>
    public const string EventStream = "events";

    /// <summary>What the names of the streams of operations begin with.</summary>
    public const string DeploymentPrefix = "deployment/";

    /// <summary>What the names of the streams of instances begin with.</summary>
    public const string InstancePrefix = "instance/";

    /// <summary>The group of a service's events and operations.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    /// <returns>The group's name.</returns>
    public static string ServiceGroup(string serviceName, string serviceId) => $"/aws/apprunner/{serviceName}/{serviceId}/service";

    /// <summary>The group of what a service's program writes.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    /// <returns>The group's name.</returns>
    public static string ApplicationGroup(string serviceName, string serviceId) => $"/aws/apprunner/{serviceName}/{serviceId}/application";

    /// <summary>The stream of an operation.</summary>
    /// <param name="operationId">The operation's id.</param>
    /// <returns>The stream's name.</returns>
    public static string DeploymentStream(string operationId) => DeploymentPrefix + operationId.Replace("-", string.Empty);

    /// <summary>A time as CloudWatch Logs writes it.</summary>
    /// <param name="time">A time in UTC.</param>
    /// <returns>Milliseconds since 1970.</returns>
    public static long ToTimestamp(DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    /// <summary>A time as CloudWatch Logs writes it, read back.</summary>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <returns>The time in UTC.</returns>
    public static DateTime FromTimestamp(long timestamp) => DateTimeOffset.FromUnixTimeMilliseconds(timestamp).UtcDateTime;
}
