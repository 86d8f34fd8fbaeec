using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Logs;

/// <summary>The names of App Runner's log groups and log streams in CloudWatch Logs.</summary>
internal static class ServiceLogNames
{
    /// <summary>The stream of the service's events.</summary>
    public const string EventStream = "events";

    /// <summary>The prefix of the streams of operations.</summary>
    public const string DeploymentPrefix = "deployment/";

    /// <summary>The prefix of the streams of instances.</summary>
    public const string InstancePrefix = "instance/";

    /// <summary>The log group of a service's events and operations.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    /// <returns>The group's name.</returns>
    public static string ServiceGroup(string serviceName, string serviceId) => $"/aws/apprunner/{serviceName}/{serviceId}/service";

    /// <summary>The log group of a service's application output.</summary>
    /// <param name="serviceName">The service's name.</param>
    /// <param name="serviceId">The service's id.</param>
    /// <returns>The group's name.</returns>
    public static string ApplicationGroup(string serviceName, string serviceId) => $"/aws/apprunner/{serviceName}/{serviceId}/application";

    /// <summary>The stream of an operation.</summary>
    /// <param name="operationId">The operation's id.</param>
    /// <returns>The stream's name.</returns>
    public static string DeploymentStream(string operationId) => DeploymentPrefix + operationId.Replace("-", string.Empty);

    /// <summary>Converts a time to the format of CloudWatch Logs.</summary>
    /// <param name="time">A time in UTC or local time.</param>
    /// <returns>Milliseconds since 1970.</returns>
    public static long ToTimestamp(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();

    /// <summary>Converts a time from the format of CloudWatch Logs.</summary>
    /// <param name="timestamp">Milliseconds since 1970. A program can write any number to a log.</param>
    /// <returns>The local time; the first or last possible one if there is no such time.</returns>
    public static DateTime FromTimestamp(long timestamp) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Math.Max(timestamp, DateTimeOffset.MinValue.ToUnixTimeMilliseconds()), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())).LocalDateTime;
}

/// <summary>
/// Finds the log stream of an operation if it does not have the usual name, <c>deployment/</c> and the id without dashes. App Runner uses
/// that name, but does not document it.
/// </summary>
internal static class DeploymentStreams
{
    // The first event has about the start time of the operation; some API times have whole seconds only.
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(5);

    /// <summary>Finds the stream by the operation's id in its name, with or without dashes; otherwise by the operation's start time.</summary>
    /// <param name="client">The client for the service's region.</param>
    /// <param name="serviceArn">The service.</param>
    /// <param name="group">The log group of the operations.</param>
    /// <param name="operationId">The operation.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The stream's name; null if there is none.</returns>
    /// <exception cref="AppRunnerException">A call failed.</exception>
    public static async Task<string?> FindAsync(IAppRunnerClient client, string serviceArn, string group, string operationId, CancellationToken cancellationToken)
    {
        var streams = new List<LogStream>();
        try
        {
            await Pages.ReadAsync(client, new DescribeLogStreamsRequest { LogGroupName = group }, page => Collect(streams, page.LogStreams), cancellationToken).ConfigureAwait(false);
        }
        catch (ResourceNotFoundException)
        {
            // The log group is created with the first event.
        }

        streams.RemoveAll(stream => stream.LogStreamName == ServiceLogNames.EventStream);
        if (streams.Count == 0)
            return null;
        if (streams.Find(stream => IsNamedBy(stream, operationId)) is { } named)
            return named.LogStreamName;

        var operations = new List<Operation>();
        await Pages.ReadAsync(client, new ListOperationsRequest { ServiceArn = serviceArn }, page => Collect(operations, page.OperationSummaryList), cancellationToken).ConfigureAwait(false);
        if (operations.Find(operation => operation.Id == operationId) is not { StartedAt: { } startedAt } target)
            return null;
        var (from, to) = (ServiceLogNames.ToTimestamp(startedAt.ToUniversalTime() - StartTolerance), target.EndedAt is { } endedAt ? ServiceLogNames.ToTimestamp(endedAt) : long.MaxValue);
        return streams.Where(stream => StartOf(stream) >= from && StartOf(stream) <= to && !operations.Exists(operation => operation.Id is { } id && IsNamedBy(stream, id)))
            .OrderBy(StartOf).FirstOrDefault()?.LogStreamName;
    }

    private static Task<bool> Collect<T>(List<T> all, IEnumerable<T>? page)
    {
        all.AddRange(page ?? []);
        return Task.FromResult(true);
    }

    private static long? StartOf(LogStream stream) => stream.FirstEventTimestamp ?? stream.CreationTime;

    private static bool IsNamedBy(LogStream stream, string operationId) => WithoutDashes(stream.LogStreamName ?? string.Empty).IndexOf(WithoutDashes(operationId), StringComparison.OrdinalIgnoreCase) >= 0;

    private static string WithoutDashes(string text) => text.Replace("-", string.Empty);
}
