using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Logs;

/// <summary>Where App Runner keeps the logs of services in CloudWatch Logs.</summary>
internal static class ServiceLogNames
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

/// <summary>
/// Finds the log stream of an operation where it does not have its usual name, <c>deployment/</c> and the id without dashes: App Runner uses
/// that name, and documents none.
/// </summary>
internal static class DeploymentStreams
{
    // A stream begins with its operation; times are kept to the second in places.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    /// <summary>Finds it by the operation's id, however that is written in it; else by the time at which it began.</summary>
    /// <param name="client">Where the service lives.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="group">The group of its operations' logs.</param>
    /// <param name="operationId">The operation.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The stream's name; null where there is none.</returns>
    /// <exception cref="AppRunnerException">A call failed.</exception>
    public static async Task<string?> FindAsync(IAppRunnerClient client, string serviceArn, string group, string operationId, CancellationToken cancellationToken)
    {
        var streams = new List<LogStream>();
        try
        {
            await Pages.ReadAsync(client, new DescribeLogStreamsRequest { LogGroupName = group }, page => Take(streams, page.LogStreams), cancellationToken).ConfigureAwait(false);
        }
        catch (ResourceNotFoundException)
        {
            // Nothing was written yet.
        }

        streams.RemoveAll(stream => stream.LogStreamName == ServiceLogNames.EventStream);
        if (streams.Count == 0)
            return null;
        if (streams.Find(stream => IsNamedBy(stream, operationId)) is { } named)
            return named.LogStreamName;

        var operations = new List<Operation>();
        await Pages.ReadAsync(client, new ListOperationsRequest { ServiceArn = serviceArn }, page => Take(operations, page.OperationSummaryList), cancellationToken).ConfigureAwait(false);
        if (operations.Find(operation => operation.Id == operationId) is not { StartedAt: { } startedAt } wanted)
            return null;
        var (from, to) = (ServiceLogNames.ToTimestamp(startedAt - Early), wanted.EndedAt is { } endedAt ? ServiceLogNames.ToTimestamp(endedAt) : long.MaxValue);
        return streams.Where(stream => BeginOf(stream) >= from && BeginOf(stream) <= to && !operations.Exists(operation => operation.Id is { } id && IsNamedBy(stream, id)))
            .OrderBy(BeginOf).FirstOrDefault()?.LogStreamName;
    }

    private static Task<bool> Take<T>(List<T> all, IEnumerable<T>? page)
    {
        all.AddRange(page ?? []);
        return Task.FromResult(true);
    }

    private static long? BeginOf(LogStream stream) => stream.FirstEventTimestamp ?? stream.CreationTime;

    private static bool IsNamedBy(LogStream stream, string operationId) => Plain(stream.LogStreamName ?? string.Empty).IndexOf(Plain(operationId), StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Plain(string text) => text.Replace("-", string.Empty);
}
