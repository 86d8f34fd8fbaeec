using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>Finds out what became of a request whose response was lost. App Runner has no idempotency token, so the service itself must tell.</summary>
/// <remarks>
/// After CreateService:
///  1. List the services until one has the name. None, at five looks within 15 s: report that it was most probably not created.
///  2. Describe it. It is ours if it was created after the request was sent, by the server's clock (the Date header tells how far apart
///     the clocks are), and has everything that the request gave (<see cref="ServiceComparer"/>). Otherwise report that the name is taken.
///  3. Go on with it, with the id of its CREATE_SERVICE operation.
/// After a request that starts an operation on a service:
///  1. List the newest operations until one has the type and began after the request was sent, by the server's clock. None, at five looks:
///     report that it was most probably not started.
///  2. Go on with the service, with that operation's id.
/// A look-up that fails for a while is tried again with the next look.
/// </remarks>
/// <param name="client">Where the request was sent.</param>
/// <param name="clock">Time.</param>
/// <param name="report">Told in one sentence what is being done; may be null.</param>
internal sealed class LostResponses(IAppRunnerClient client, IClock clock, Action<string>? report)
{
    // The Date header counts whole seconds, and clocks drift.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan[] LookUpDelays =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>The service that a CreateService made.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sentAt">When it was sent (UTC, this computer's clock).</param>
    /// <param name="cause">What came instead of the response.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">A service of that name exists, and another request created it.</exception>
    /// <exception cref="AppRunnerException">There is no such service: the cause, with that finding.</exception>
    public async Task<Service> FindCreatedAsync(CreateServiceRequest request, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The response to CreateService was lost; checking whether service \"{request.ServiceName}\" was created.");
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                DateTime? earliest = null;
                ServiceSummary? found = null;
                await Pages.ReadAsync(
                    client,
                    new ListServicesRequest(),
                    page =>
                    {
                        earliest ??= EarliestAtServer(sentAt, page.ServerTime);
                        found = page.ServiceSummaryList?.Find(s => s.ServiceName == request.ServiceName && s.Status != ServiceStatus.Deleted);
                        return Task.FromResult(found is null);
                    },
                    cancellationToken).ConfigureAwait(false);
                if (found is null)
                    continue;

                var service = await client.DescribeAsync(found.ServiceArn!, cancellationToken).ConfigureAwait(false);
                if (service.CreatedAt < earliest || !ServiceComparer.WasMadeBy(service, request))
                {
                    throw new ServiceAlreadyExistsException(
                        $"A service named \"{request.ServiceName}\" already exists ({service.ServiceArn}), and this request did not create it. The response to CreateService was lost; nothing was changed.",
                        cause);
                }

                var operation = await FindOperationAsync(found.ServiceArn!, OperationType.CreateService, DateTime.MinValue, cancellationToken).ConfigureAwait(false);
                report?.Invoke($"The service was created ({service.ServiceArn}).");
                return service.With(operation?.Id);
            }
            catch (AppRunnerException failed) when (failed.IsTransient)
            {
                report?.Invoke($"The check failed too: {failed.Message}");
            }
        }

        throw Unresolved(
            $"No service \"{request.ServiceName}\" was found afterwards, so it was most probably not created.",
            "Check with Get-ARService, then run the command again. AWS refuses a second service with the same name.",
            cause);
    }

    /// <summary>The service with the operation that a request started.</summary>
    /// <param name="serviceArn">The service.</param>
    /// <param name="operationType">The operation's type.</param>
    /// <param name="sentAt">When the request was sent (UTC, this computer's clock).</param>
    /// <param name="cause">What came instead of the response.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="AppRunnerException">There is no such operation: the cause, with that finding.</exception>
    public async Task<Service> FindStartedAsync(string serviceArn, string operationType, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The response was lost; checking whether {operationType} was started.");
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                if (await FindOperationAsync(serviceArn, operationType, sentAt, cancellationToken).ConfigureAwait(false) is { } operation)
                    return (await client.DescribeAsync(serviceArn, cancellationToken).ConfigureAwait(false)).With(operation.Id);
            }
            catch (AppRunnerException failed) when (failed.IsTransient)
            {
                report?.Invoke($"The check failed too: {failed.Message}");
            }
        }

        if (cause is InvalidStateException)
            throw cause;
        throw Unresolved(
            $"No {operationType} was found afterwards, so it was most probably not started.",
            "Check with Get-AROperation, then run the command again.",
            cause);
    }

    // The newest operation of the type, begun (by the server's clock) after the request was sent.
    private async Task<Operation?> FindOperationAsync(string serviceArn, string operationType, DateTime sentAt, CancellationToken cancellationToken)
    {
        var page = await client.SendAsync(new ListOperationsRequest { ServiceArn = serviceArn, MaxResults = ListOperationsRequest.PageLimit }, cancellationToken).ConfigureAwait(false);
        var earliest = sentAt == DateTime.MinValue ? sentAt : EarliestAtServer(sentAt, page.ServerTime);
        return page.OperationSummaryList?.FirstOrDefault(operation => operation.Type == operationType && operation.StartedAt >= earliest);
    }

    // When a request was sent by the server's clock, computed from a response that has just come. However long that response took (retries,
    // a slow network), it can only make the time too early. A time that is too late would take our own service for another one.
    private DateTime EarliestAtServer(DateTime sentAt, DateTime? serverTime) =>
        sentAt + (serverTime is { } server ? server - clock.UtcNow : TimeSpan.Zero) - ClockTolerance;

    private static AppRunnerException Unresolved(string finding, string action, AppRunnerException cause) => cause is NetworkException network
        ? new NetworkException(network.Message + " " + finding, mayHaveArrived: true, network) { RecommendedAction = action }
        : cause;
}
