using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Comparison;

namespace AppRunner.Model.Sending;

/// <summary>Finds out what a request did whose response was lost. App Runner has no idempotency token, so the services and operations are read.</summary>
/// <remarks>
/// After CreateService:
///  1. List the services until one has the name. If there is none in five attempts within 15 s: report that it was most probably not created.
///  2. Describe it. This request created it if it was created after the request was sent (by the server's clock; the Date header shows the
///     clock difference) and has all values of the request (<see cref="ServiceComparer"/>). Otherwise report that the name is taken.
///  3. Return it, with the id of its CREATE_SERVICE operation.
/// After a request that starts an operation on a service:
///  1. List the newest operations until one has the type and began after the request was sent, by the server's clock. If there is none in
///     five attempts: report that it was most probably not started.
///  2. Return the service, with that operation's id.
/// A transient failure of an attempt is ignored; the next attempt follows.
/// </remarks>
/// <param name="client">The client that sent the request.</param>
/// <param name="clock">The clock.</param>
/// <param name="report">Called with verbose messages; may be null.</param>
internal sealed class LostResponses(IAppRunnerClient client, IClock clock, Action<string>? report)
{
    // The Date header has whole seconds, and clocks drift.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan[] LookUpDelays =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>The service that a CreateService request created.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sentAt">When it was sent (UTC, this computer's clock).</param>
    /// <param name="cause">The failure that replaced the response.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">A service of that name exists, and another request created it.</exception>
    /// <exception cref="AppRunnerException">There is no such service. The cause, with that result in its message.</exception>
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
                if (service.CreatedAt < earliest || ServiceComparer.Compare(request, service).Count > 0)
                {
                    throw new ServiceAlreadyExistsException(
                        $"A service named \"{request.ServiceName}\" already exists ({service.ServiceArn}), and this request did not create it. The response to CreateService was lost; nothing was changed.",
                        cause);
                }

                var operation = await FindOperationAsync(found.ServiceArn!, OperationType.CreateService, DateTime.MinValue, cancellationToken).ConfigureAwait(false);
                report?.Invoke($"The service was created ({service.ServiceArn}).");
                return service.WithOperationId(operation?.Id);
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
    /// <param name="cause">The failure that replaced the response.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="AppRunnerException">There is no such operation. The cause, with that result in its message.</exception>
    public async Task<Service> FindStartedAsync(string serviceArn, string operationType, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The response was lost; checking whether {operationType} was started.");
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                if (await FindOperationAsync(serviceArn, operationType, sentAt, cancellationToken).ConfigureAwait(false) is { } operation)
                    return (await client.DescribeAsync(serviceArn, cancellationToken).ConfigureAwait(false)).WithOperationId(operation.Id);
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

    // The newest operation of the type that began after the request was sent, by the server's clock.
    private async Task<Operation?> FindOperationAsync(string serviceArn, string operationType, DateTime sentAt, CancellationToken cancellationToken)
    {
        var page = await client.SendAsync(new ListOperationsRequest { ServiceArn = serviceArn, MaxResults = ListOperationsRequest.PageLimit }, cancellationToken).ConfigureAwait(false);
        var earliest = sentAt == DateTime.MinValue ? sentAt : EarliestAtServer(sentAt, page.ServerTime);
        return page.OperationSummaryList?.FirstOrDefault(operation => operation.Type == operationType && operation.StartedAt >= earliest);
    }

    // The time of sending by the server's clock, computed from the Date header of a response that has just arrived. A slow response can only
    // make it too early, which is safe: a time that is too late would reject the service that this request created.
    private DateTime EarliestAtServer(DateTime sentAt, DateTime? serverTime) =>
        sentAt + (serverTime is { } server ? server - clock.UtcNow : TimeSpan.Zero) - ClockTolerance;

    private static AppRunnerException Unresolved(string result, string action, AppRunnerException cause) => cause is NetworkException network
        ? new NetworkException(network.Message + " " + result, mayHaveArrived: true, network) { RecommendedAction = action }
        : cause;
}
