using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model;

/// <summary>
/// Sends requests that change a service. The API has no idempotency token, so three things are settled here: a role that was made
/// a moment ago and is not visible yet, an answer that was lost, and a service that is missing from the answer.
/// </summary>
/// <param name="client">Where to send.</param>
/// <param name="clock">Time.</param>
/// <param name="report">Told in one sentence what is being done about a difficulty; may be null.</param>
public sealed class ServiceChanges(IAppRunnerClient client, IClock clock, Action<string>? report = null)
{
    /// <summary>How long a role that cannot be assumed is tried again.</summary>
    public static readonly TimeSpan RolePatience = TimeSpan.FromMinutes(2);

    // The Date header counts whole seconds, and clocks drift.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan[] LookUpDelays =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>Creates a service. CreateService reaches the service once, or again only after an answer that says it had no effect.</summary>
    /// <param name="request">The request, already checked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">After a lost answer: a service of that name is there, made by somebody else.</exception>
    /// <exception cref="NetworkException">After a lost answer: no such service is there.</exception>
    /// <exception cref="AppRunnerException">What the service said.</exception>
    public async Task<Service> CreateAsync(CreateServiceRequest request, CancellationToken cancellationToken)
    {
        var sentAt = clock.UtcNow;
        try
        {
            return await SendPatientlyAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            return await FindCreatedAsync(request, sentAt, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (AppRunnerServiceException taken) when (taken.ErrorId == ErrorIds.ServiceAlreadyExists && taken.Attempts > 1)
        {
            return await FindCreatedAsync(request, sentAt, taken, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts an operation on a service that exists.</summary>
    /// <typeparam name="TResponse">The type of the answer.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="operationType">The type of the operation that it starts, such as PAUSE_SERVICE.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="NetworkException">After a lost answer: no such operation was started.</exception>
    /// <exception cref="AppRunnerException">What the service said.</exception>
    public async Task<Service> ChangeAsync<TResponse>(AppRunnerRequest<TResponse> request, string operationType, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var serviceArn = ((IServiceArnRequest)request).ServiceArn!;
        var sentAt = clock.UtcNow;
        try
        {
            return await SendPatientlyAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            return await FindStartedAsync(serviceArn, operationType, sentAt, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidStateException busy) when (busy.Attempts > 1)
        {
            return await FindStartedAsync(serviceArn, operationType, sentAt, busy, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Service> SendPatientlyAsync<TResponse>(AppRunnerRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var patienceEnds = clock.UtcNow + RolePatience;
        for (var pause = TimeSpan.FromSeconds(2); ; pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, 15)))
        {
            try
            {
                var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
                return response switch
                {
                    IServiceResponse { Service: { } service } answer => With(service, answer.OperationId),
                    StartDeploymentResponse started => await DescribeAsync(((IServiceArnRequest)request).ServiceArn!, started.OperationId, cancellationToken).ConfigureAwait(false),
                    _ => throw new NetworkException($"{request.Operation} was answered without a service.", mayHaveArrived: true),
                };
            }
            catch (AppRunnerServiceException refused) when (refused.ErrorId == ErrorIds.AccessRoleNotAssumable && clock.UtcNow + pause <= patienceEnds)
            {
                report?.Invoke($"App Runner cannot assume the role yet (a new role takes a while to be seen); trying again in {pause.TotalSeconds:0} s. It said: {refused.Message}");
                await clock.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Service> FindCreatedAsync(CreateServiceRequest request, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The answer of CreateService was lost; looking whether service \"{request.ServiceName}\" was created.");
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                DateTime? earliest = null;
                ServiceSummary? there = null;
                await Pages.ReadAsync(
                    client,
                    new ListServicesRequest(),
                    page =>
                    {
                        earliest ??= EarliestAtServer(sentAt, page.ServerTime);
                        there = page.ServiceSummaryList?.Find(s => s.ServiceName == request.ServiceName && s.Status != ServiceStatus.Deleted);
                        return Task.FromResult(there is null);
                    },
                    cancellationToken).ConfigureAwait(false);
                if (there is null)
                    continue;

                var service = await DescribeAsync(there.ServiceArn!, null, cancellationToken).ConfigureAwait(false);
                if (service.CreatedAt < earliest || !ServiceComparer.WasMadeBy(service, request))
                {
                    throw new ServiceAlreadyExistsException(
                        $"A service named \"{request.ServiceName}\" exists ({service.ServiceArn}), and it was not created by this request. The answer of CreateService was lost; nothing was changed.",
                        cause);
                }

                var operation = await FindOperationAsync(there.ServiceArn!, OperationType.CreateService, DateTime.MinValue, cancellationToken).ConfigureAwait(false);
                report?.Invoke($"The service was created; going on with it ({service.ServiceArn}).");
                return With(service, operation?.Id);
            }
            catch (AppRunnerException failed) when (Look.IsPassing(failed))
            {
                report?.Invoke($"The look-up failed too: {failed.Message}");
            }
        }

        throw Unsettled(
            $"No service \"{request.ServiceName}\" was found afterwards, so it was most probably not created.",
            "Look with Get-ARService, then run the command again: a second service of that name cannot come into being.",
            cause);
    }

    private async Task<Service> FindStartedAsync(string serviceArn, string operationType, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The answer was lost; looking whether {operationType} was started.");
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                if (await FindOperationAsync(serviceArn, operationType, sentAt, cancellationToken).ConfigureAwait(false) is { } operation)
                    return await DescribeAsync(serviceArn, operation.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (AppRunnerException failed) when (Look.IsPassing(failed))
            {
                report?.Invoke($"The look-up failed too: {failed.Message}");
            }
        }

        if (cause is InvalidStateException)
            throw cause;
        throw Unsettled(
            $"No {operationType} was found afterwards, so it was most probably not started.",
            "Look with Get-AROperation, then run the command again.",
            cause);
    }

    // The newest operation of the type, begun (by the server's clock) after the request was sent.
    private async Task<Operation?> FindOperationAsync(string serviceArn, string operationType, DateTime sentAt, CancellationToken cancellationToken)
    {
        var page = await client.SendAsync(new ListOperationsRequest { ServiceArn = serviceArn, MaxResults = ListOperationsRequest.PageLimit }, cancellationToken).ConfigureAwait(false);
        var earliest = sentAt == DateTime.MinValue ? sentAt : EarliestAtServer(sentAt, page.ServerTime);
        return page.OperationSummaryList?.FirstOrDefault(operation => operation.Type == operationType && operation.StartedAt >= earliest);
    }

    private async Task<Service> DescribeAsync(string serviceArn, string? operationId, CancellationToken cancellationToken)
    {
        return With(await client.DescribeAsync(serviceArn, cancellationToken).ConfigureAwait(false), operationId);
    }

    // The server's clock when a request was sent, by an answer that has just come. However long that answer took (retries, a slow
    // line), it can only make the time too early: one that is too late would take our own service for somebody else's.
    private DateTime EarliestAtServer(DateTime sentAt, DateTime? serverTime) =>
        sentAt + (serverTime is { } server ? server - clock.UtcNow : TimeSpan.Zero) - ClockTolerance;

    private static Service With(Service service, string? operationId)
    {
        service.OperationId = operationId;
        return service;
    }

    private static AppRunnerException Unsettled(string finding, string action, AppRunnerException cause) => cause is NetworkException network
        ? new NetworkException(network.Message + " " + finding, mayHaveArrived: true, network) { RecommendedAction = action }
        : cause;
}
