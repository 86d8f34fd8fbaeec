using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model.Comparison;
using AppRunner.Model.Waiting;

namespace AppRunner.Model.Sending;

/// <summary>Finds out what a request did whose response was lost. App Runner has no idempotency token, so the services and operations are read.</summary>
/// <remarks>
/// Up to five attempts within a minute, until one finds something. A transient failure of an attempt is followed by the next attempt; any other
/// failure ends them. What is known then, and the result ("lost" is the failure that replaced the response, with what is known in its message):
/// After CreateService:
///   listed             described                      result
///   yes                created since, as requested    the service, with the id of its CREATE_SERVICE operation (a warning if that cannot be read)
///   yes                created since, differs         ServiceAlreadyExists: another request created it
///   created before     -                              ServiceAlreadyExists
///   yes                failed                         lost: it exists; not known whether this request created it
///   no                 -                              lost: most probably not created; or not known, if App Runner refused the name as taken
///   last one failed    -                              lost: not known
/// After a request that starts an operation on a service:
///   listed             operation                      result
///   yes                same type, began since         the operation; UPDATE_SERVICE only if it has SUCCEEDED and the service is as requested, otherwise <see cref="UnconfirmedUpdate"/>
///   yes                none                           lost: most probably not started; or the refusal because the service is busy, as it is
///   no such service    DELETE_SERVICE                 the service is deleted
///   yes, or refused    none, but has the status       the service: nothing to do (PauseService, ResumeService)
///   last one failed    -                              lost: not known
/// "Since" is by the server's clock: the Date header of a response shows the clock difference.
/// </remarks>
/// <param name="client">The client that sent the request.</param>
/// <param name="clock">The clock.</param>
/// <param name="report">Called with verbose messages; may be null.</param>
/// <param name="warn">Called with warnings; may be null.</param>
internal sealed class LostResponses(IAppRunnerClient client, IClock clock, Action<string>? report, Action<string>? warn)
{
    /// <summary>The time limit of all attempts together, and of what is read to confirm what they found.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    // The Date header has whole seconds, and clocks drift.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan[] LookUpDelays =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>The service that a CreateService request created.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sentAt">When it was sent (UTC, this computer's clock).</param>
    /// <param name="operationId">The operation, if an incomplete response had its id.</param>
    /// <param name="cause">The failure that replaced the response.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">A service of that name exists, and another request created it.</exception>
    /// <exception cref="AppRunnerException">It was not found, or the lookup failed. The cause, with what is known in its message.</exception>
    public async Task<StartedChange> FindCreatedAsync(CreateServiceRequest request, DateTime sentAt, string? operationId, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The response to CreateService was lost; checking whether service \"{request.ServiceName}\" was created.");
        DateTime? earliest = null;
        ServiceSummary? listed = null;
        Service? service = null;
        var deadline = clock.UtcNow + Timeout;
        var failure = await LookUpAsync(
            request.ServiceName!,
            deadline,
            async token =>
            {
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
                    token).ConfigureAwait(false);
                listed = found ?? listed;
                if (found?.ServiceArn is { } arn && !(found.CreatedAt?.ToUniversalTime() < earliest))
                    service = await client.DescribeAsync(arn, token).ConfigureAwait(false);
                return found is not null;
            },
            cancellationToken).ConfigureAwait(false);

        if (listed is null)
        {
            var id = operationId is null ? string.Empty : $" The response named the operation {operationId}.";
            if (failure is null && cause.ErrorId == ErrorIds.ServiceAlreadyExists)
                throw Lost(cause, $"It is not listed, so it is not known whether an earlier attempt of this request created it.{id}", $"Check with Get-ARService '{request.ServiceName}' before you run the command again. A service that was created costs money.");
            throw failure is null
                ? Lost(cause, $"No service \"{request.ServiceName}\" was found afterwards, so it was most probably not created." + id, "Check with Get-ARService, then run the command again. AWS refuses a second service with the same name.")
                : Lost(cause, $"It is not known whether service \"{request.ServiceName}\" was created, because the check failed too: {failure.Message}{id}", $"Check with Get-ARService '{request.ServiceName}' before you run the command again. A service that was created costs money.");
        }

        if (listed.CreatedAt?.ToUniversalTime() < earliest)
            throw Taken(listed, "It was created before the request was sent.");
        if (service is null)
        {
            throw Lost(
                cause,
                $"A service named \"{request.ServiceName}\" exists ({listed.ServiceArn}), but it is not known whether this request created it, because it could not be read: {failure?.Message ?? "it is no longer listed."}",
                $"Check with Get-ARService '{listed.ServiceArn}' before you run the command again. A service that was created costs money.");
        }

        if (service.CreatedAt?.ToUniversalTime() < earliest)
            throw Taken(service, "It was created before the request was sent.");
        if (ServiceComparer.Compare(request, service) is { Count: > 0 } differences)
            throw Taken(service, $"It differs in {string.Join(", ", differences.Select(difference => difference.Path))}.");
        report?.Invoke($"The service was created ({service.ServiceArn}).");
        return new StartedChange(service.WithOperationId(operationId ?? await ReadCreationAsync(service, deadline, cancellationToken).ConfigureAwait(false)));

        ServiceAlreadyExistsException Taken(ServiceSummary existing, string reason) => new(
            $"A service named \"{request.ServiceName}\" already exists ({existing.ServiceArn}), and this request did not create it. {reason} The response to CreateService was lost; nothing was changed.",
            cause);
    }

    /// <summary>The operation that a request started.</summary>
    /// <param name="request">The request; it has the service's ARN.</param>
    /// <param name="operationType">The operation's type.</param>
    /// <param name="sentAt">When the request was sent (UTC, this computer's clock).</param>
    /// <param name="cause">The failure that replaced the response.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>The operation, and whether it may be another request's.</returns>
    /// <exception cref="AppRunnerException">It was not found, or the lookup failed. The cause, with what is known in its message.</exception>
    public async Task<StartedChange> FindStartedAsync(AppRunnerRequest request, string operationType, DateTime sentAt, AppRunnerException cause, CancellationToken cancellationToken)
    {
        report?.Invoke($"The response was lost; checking whether {operationType} was started.");
        var serviceArn = ((IServiceArnRequest)request).ServiceArn!;
        Operation? operation = null;
        var isGone = false;
        var deadline = clock.UtcNow + Timeout;
        var failure = await LookUpAsync(
            serviceArn,
            deadline,
            async token =>
            {
                try
                {
                    operation = await FindOperationAsync(serviceArn, operationType, sentAt, token).ConfigureAwait(false);
                }
                catch (ResourceNotFoundException) when (operationType == OperationType.DeleteService)
                {
                    isGone = true;
                }

                return isGone || operation is not null;
            },
            cancellationToken).ConfigureAwait(false);

        if (isGone)
            return StartedChange.Gone(serviceArn);
        if (operation is not null)
        {
            return request is UpdateServiceRequest update
                ? await ConfirmAsync(update, operation, deadline, cause, cancellationToken).ConfigureAwait(false)
                : StartedChange.Of(serviceArn, operation.Id);
        }

        // After no response to the check, another request would only wait once more.
        if (failure is not NetworkException && await FindDoneAsync(serviceArn, operationType, deadline, cancellationToken).ConfigureAwait(false) is { } done)
            return done;
        if (failure is not null)
            throw Lost(cause, $"It is not known whether {operationType} was started, because the check failed too: {failure.Message}", $"Check with Get-AROperation '{serviceArn}' before you run the command again.");
        throw cause is InvalidStateException
            ? cause
            : Lost(cause, $"No {operationType} was found afterwards, so it was most probably not started.", $"Check with Get-AROperation '{serviceArn}', then run the command again.");
    }

    /// <summary>The status that makes an operation unnecessary.</summary>
    /// <param name="operationType">The operation's type.</param>
    /// <returns>The status; null if there is none.</returns>
    public static string? StatusAfter(string operationType) => operationType switch
    {
        OperationType.PauseService => ServiceStatus.Paused,
        OperationType.ResumeService => ServiceStatus.Running,
        _ => null,
    };

    /// <summary>The service, if its status makes the operation unnecessary.</summary>
    /// <param name="serviceArn">The service.</param>
    /// <param name="operationType">The operation's type.</param>
    /// <param name="deadline">When the check ends.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The service; null if it has another status, or could not be read: the failure of the request says more than that of this check.</returns>
    public async Task<StartedChange?> FindDoneAsync(string serviceArn, string operationType, DateTime deadline, CancellationToken cancellationToken)
    {
        if (StatusAfter(operationType) is not { } status)
            return null;
        Service? service = null;
        try
        {
            await Poll.RunAsync(
                deadline - clock.UtcNow, serviceArn, async token => service = await client.DescribeAsync(serviceArn, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (AppRunnerException)
        {
            return null;
        }

        if (service!.Status != status)
            return null;
        report?.Invoke($"Service \"{service.ServiceName}\" is {status} already. Nothing to do.");
        return new StartedChange(service) { HasEnded = true };
    }

    private static AppRunnerException Lost(AppRunnerException cause, string result, string action)
    {
        cause.Note = result;
        cause.RecommendedAction = action;
        return cause;
    }

    // An operation of the type may be another request's. A service that has the requested values after it shows that this one was applied; during
    // the operation it does not, because the service may have had them before, and another request's values come.
    private async Task<StartedChange> ConfirmAsync(UpdateServiceRequest request, Operation operation, DateTime deadline, AppRunnerException cause, CancellationToken cancellationToken)
    {
        Service? service = null;
        await LookUpAsync(
            request.ServiceArn!,
            deadline,
            async token =>
            {
                service = await client.DescribeAsync(request.ServiceArn!, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var isOurs = service is not null && operation.Status == OperationStatus.Succeeded && ServiceComparer.Compare(request, service).Count == 0;
        var change = service is null ? StartedChange.Of(request.ServiceArn!, operation.Id) : new StartedChange(service.WithOperationId(operation.Id));
        return isOurs ? change : change with { Unconfirmed = new UnconfirmedUpdate(request, operation, service, cause) };
    }

    // Repeats a lookup until it finds something. Returns the failure of the last attempt, null if it succeeded.
    private async Task<AppRunnerException?> LookUpAsync(string subject, DateTime deadline, Func<CancellationToken, Task<bool>> find, CancellationToken cancellationToken)
    {
        AppRunnerException? failure = null;
        foreach (var delay in LookUpDelays)
        {
            await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            try
            {
                var isFound = false;
                await Poll.RunAsync(deadline - clock.UtcNow, subject, async token => isFound = await find(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                failure = null;
                if (isFound)
                    break;
            }
            catch (AppRunnerException failed)
            {
                failure = failed;
                report?.Invoke($"The check failed too: {failed.Message}");
                if (!failed.IsTransient)
                    break;
            }

            if (clock.UtcNow >= deadline)
                break;
        }

        return failure;
    }

    private async Task<string?> ReadCreationAsync(Service service, DateTime deadline, CancellationToken cancellationToken)
    {
        try
        {
            string? id = null;
            await Poll.RunAsync(
                deadline - clock.UtcNow,
                service.ServiceArn!,
                async token => id = (await FindOperationAsync(service.ServiceArn!, OperationType.CreateService, DateTime.MinValue, token).ConfigureAwait(false))?.Id,
                cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch (AppRunnerException failed)
        {
            warn?.Invoke($"The response to CreateService was lost. Service \"{service.ServiceName}\" was created ({service.ServiceArn}), but its operation could not be read, so the output has no OperationId: {failed.Message}");
            return null;
        }
    }

    // The newest operation of the type that began after the request was sent, by the server's clock.
    private async Task<Operation?> FindOperationAsync(string serviceArn, string operationType, DateTime sentAt, CancellationToken cancellationToken)
    {
        var page = await client.SendAsync(new ListOperationsRequest { ServiceArn = serviceArn, MaxResults = ListOperationsRequest.PageLimit }, cancellationToken).ConfigureAwait(false);
        var earliest = sentAt == DateTime.MinValue ? sentAt : EarliestAtServer(sentAt, page.ServerTime);
        return page.OperationSummaryList?.FirstOrDefault(operation => operation.Type == operationType && operation.StartedAt?.ToUniversalTime() >= earliest);
    }

    // The time of sending by the server's clock, computed from the Date header of a response that has just arrived. A slow response can only
    // make it too early, which is safe: a time that is too late would reject the service that this request created.
    private DateTime EarliestAtServer(DateTime sentAt, DateTime? serverTime) =>
        sentAt + (serverTime is { } server ? server - clock.UtcNow : TimeSpan.Zero) - ClockTolerance;
}
