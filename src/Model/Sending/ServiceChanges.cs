using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>
/// Sends requests that change a service. Handles new roles, lost responses, and responses without a service.
/// </summary>
/// <remarks>
/// Send the request; <see cref="RoleRetry"/> repeats it while its role cannot be assumed. What is known then:
///   response                                                              result
///   with a service                                                        the service, with the operation's id
///   with an operation only, for a service whose ARN is known              the operation; <see cref="ReadAsync"/> reads the service
///   with neither                                                          as no response
///   none, but the request may have arrived                                <see cref="LostResponses"/> looks for the service or the operation
///   no such service, after a 5xx response to DeleteService                the service is deleted
///   an error after a 5xx response, or a 5xx response to every attempt     as no response: an attempt may have taken effect, and caused the error
///   refused or lost, and the service has the status already               the service: nothing to do (PauseService, ResumeService)
///   any other failure                                                     the failure
/// </remarks>
internal sealed class ServiceChanges
{
    private readonly IAppRunnerClient client;
    private readonly IClock clock;
    private readonly RoleRetry roleRetry;
    private readonly LostResponses lostResponses;

    /// <summary>Creates a sender.</summary>
    /// <param name="client">The client to send with.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="report">Called with verbose messages about retries and checks; may be null.</param>
    /// <param name="warn">Called with warnings; may be null.</param>
    public ServiceChanges(IAppRunnerClient client, IClock clock, Action<string>? report = null, Action<string>? warn = null)
    {
        this.client = client;
        this.clock = clock;
        roleRetry = new RoleRetry(client, clock, report);
        lostResponses = new LostResponses(client, clock, report, warn);
    }

    /// <summary>Creates a service. The request is sent again only after a response that shows that it had no effect.</summary>
    /// <param name="request">The request, already checked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">After a lost response: a service of that name exists, and another request created it.</exception>
    /// <exception cref="NetworkException">The response was lost, and the service was not found. The message says what is known.</exception>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public async Task<StartedChange> CreateAsync(CreateServiceRequest request, CancellationToken cancellationToken)
    {
        var sentAt = clock.UtcNow;
        AppRunnerException lost;
        string? operationId = null;
        try
        {
            var response = await roleRetry.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.Service is { ServiceArn.Length: > 0 } service)
                return new StartedChange(service.WithOperationId(response.OperationId));
            operationId = response.OperationId;
            lost = Incomplete(request);
        }
        catch (NetworkException noResponse) when (noResponse.MayHaveArrived)
        {
            lost = noResponse;
        }
        catch (AppRunnerServiceException failed) when (failed.MayHaveTakenEffect)
        {
            lost = failed;
        }

        return await lostResponses.FindCreatedAsync(request, sentAt, operationId, lost, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts an operation on a service that exists.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="operationType">The type of the operation that it starts, such as PAUSE_SERVICE.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="NetworkException">The response was lost, and the operation was not found. The message says what is known.</exception>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public async Task<StartedChange> ChangeAsync<TResponse>(AppRunnerRequest<TResponse> request, string operationType, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var sentAt = clock.UtcNow;
        var serviceArn = ((IServiceArnRequest)request).ServiceArn!;
        AppRunnerException lost;
        try
        {
            AppRunnerResponse response = await roleRetry.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response is IServiceResponse { Service: { ServiceArn.Length: > 0 } service } whole)
                return new StartedChange(service.WithOperationId(whole.OperationId));
            if (response is IServiceResponse { OperationId: { Length: > 0 } id })
                return StartedChange.Of(serviceArn, id);
            if (response is StartDeploymentResponse { OperationId: { Length: > 0 } deployment })
                return StartedChange.Of(serviceArn, deployment);
            lost = Incomplete(request);
        }
        catch (NetworkException noResponse) when (noResponse.MayHaveArrived)
        {
            lost = noResponse;
        }
        catch (ResourceNotFoundException missing) when (missing.MayHaveTakenEffect && operationType == OperationType.DeleteService)
        {
            return StartedChange.Gone(serviceArn);
        }
        catch (AppRunnerServiceException failed) when ((failed.MayHaveTakenEffect && failed is not ResourceNotFoundException) || (failed is InvalidStateException && LostResponses.StatusAfter(operationType) is not null))
        {
            lost = failed;
        }

        return await RecoverAsync(request, operationType, sentAt, lost, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the service of a started operation.</summary>
    /// <param name="change">The operation.</param>
    /// <param name="operationType">Its type. A service that is not found after DELETE_SERVICE is deleted.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId; and why only ARN, name and id are known, if it could not be read.</returns>
    public async Task<(Service Service, AppRunnerException? Failure)> ReadAsync(StartedChange change, string operationType, CancellationToken cancellationToken)
    {
        try
        {
            return ((await client.DescribeAsync(change.Service.ServiceArn!, cancellationToken).ConfigureAwait(false)).WithOperationId(change.Service.OperationId), null);
        }
        catch (ResourceNotFoundException) when (operationType == OperationType.DeleteService)
        {
            return (StartedChange.Gone(change.Service.ServiceArn!).Service.WithOperationId(change.Service.OperationId), null);
        }
        catch (AppRunnerException failure)
        {
            return (change.Service, failure);
        }
    }

    private async Task<StartedChange> RecoverAsync(AppRunnerRequest request, string operationType, DateTime sentAt, AppRunnerException lost, CancellationToken cancellationToken)
    {
        if (lost is not InvalidStateException { MayHaveTakenEffect: false })
            return await lostResponses.FindStartedAsync(request, operationType, sentAt, lost, cancellationToken).ConfigureAwait(false);
        return await lostResponses.FindDoneAsync(((IServiceArnRequest)request).ServiceArn!, operationType, clock.UtcNow + LostResponses.Timeout, cancellationToken).ConfigureAwait(false)
            ?? throw lost;
    }

    private static NetworkException Incomplete(AppRunnerRequest request) => new($"The response to {request.Operation} is incomplete: it has no service.", mayHaveArrived: true);
}
