using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Logs;

/// <summary>
/// Reads the log of an operation while it runs, for the progress of a wait: with few calls, and without an error if the log cannot be read.
/// </summary>
/// <param name="client">The client for the service's region.</param>
/// <param name="serviceArn">The service.</param>
/// <param name="operationId">The operation.</param>
/// <param name="clock">The clock.</param>
/// <param name="onLine">Called with each line, oldest first.</param>
internal sealed class OperationLogTail(IAppRunnerClient client, string serviceArn, string operationId, IClock clock, Func<string, Task> onLine)
{
    // A log appears some seconds after its operation has begun. After this many polls in a row without one, it is not looked for any more.
    private const int MaxMissing = 5;

    private readonly ServiceLogReader reader = new(client, new ServiceLogQuery(serviceArn, ServiceLogKind.Deployment) { OperationId = operationId, MustExist = true }, clock);
    private bool isUnreadable;

    /// <summary>Reads the log again and again, until it cannot be read.</summary>
    /// <param name="interval">The time between two polls; longer while the log does not exist.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A task that completes when the log cannot be read, or by cancellation.</returns>
    public async Task RunAsync(Func<TimeSpan> interval, CancellationToken cancellationToken)
    {
        var missing = 0;
        while (missing < MaxMissing && !isUnreadable)
        {
            await clock.Delay(TimeSpan.FromTicks(interval().Ticks << missing), cancellationToken).ConfigureAwait(false);
            missing = await ReadAsync(cancellationToken).ConfigureAwait(false) ? 0 : missing + 1;
        }
    }

    /// <summary>Reads the lines that were not read yet. Not while <see cref="RunAsync"/> runs.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>False if the log does not exist or cannot be read.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (isUnreadable)
            return false;
        try
        {
            await reader.PollAsync(line => onLine((line.Message ?? string.Empty).TrimEnd()), _ => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }
        catch (AppRunnerException)
        {
            // No permission, or repeated failures: the wait does not need the log.
            isUnreadable = true;
            return false;
        }
    }
}
