using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>
/// Sends requests that change a service. Handles new roles, lost responses, and responses without a service.
/// </summary>
/// <remarks>
///  1. Send the request; <see cref="RoleRetry"/> repeats it while its role cannot be assumed.
///  2. No response, but the request may have arrived: <see cref="LostResponses"/> looks for the service or the operation.
///  3. Refused because the service exists or is busy, after the transport had already retried: an earlier attempt may have caused it.
///     <see cref="LostResponses"/> decides.
///  4. A response without the service (StartDeployment): describe the service.
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
    public ServiceChanges(IAppRunnerClient client, IClock clock, Action<string>? report = null)
    {
        this.client = client;
        this.clock = clock;
        roleRetry = new RoleRetry(client, clock, report);
        lostResponses = new LostResponses(client, clock, report);
    }

    /// <summary>Creates a service. The request is sent again only after a response that shows that it had no effect.</summary>
    /// <param name="request">The request, already checked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">After a lost response: a service of that name exists, and another request created it.</exception>
    /// <exception cref="NetworkException">After a lost response: no such service exists.</exception>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public async Task<Service> CreateAsync(CreateServiceRequest request, CancellationToken cancellationToken)
    {
        var sentAt = clock.UtcNow;
        try
        {
            return await ServiceOfAsync(request, await roleRetry.SendAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            return await lostResponses.FindCreatedAsync(request, sentAt, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (AppRunnerServiceException taken) when (taken.ErrorId == ErrorIds.ServiceAlreadyExists && taken.Attempts > 1)
        {
            return await lostResponses.FindCreatedAsync(request, sentAt, taken, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts an operation on a service that exists.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request, already checked.</param>
    /// <param name="operationType">The type of the operation that it starts, such as PAUSE_SERVICE.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="NetworkException">After a lost response: no such operation was started.</exception>
    /// <exception cref="AppRunnerException">The service returned an error.</exception>
    public async Task<Service> ChangeAsync<TResponse>(AppRunnerRequest<TResponse> request, string operationType, CancellationToken cancellationToken)
        where TResponse : AppRunnerResponse
    {
        var serviceArn = ((IServiceArnRequest)request).ServiceArn!;
        var sentAt = clock.UtcNow;
        try
        {
            return await ServiceOfAsync(request, await roleRetry.SendAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (NetworkException lost) when (lost.MayHaveArrived)
        {
            return await lostResponses.FindStartedAsync(serviceArn, operationType, sentAt, lost, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidStateException busy) when (busy.Attempts > 1)
        {
            return await lostResponses.FindStartedAsync(serviceArn, operationType, sentAt, busy, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Service> ServiceOfAsync(AppRunnerRequest request, AppRunnerResponse response, CancellationToken cancellationToken) => response switch
    {
        IServiceResponse { Service: { } service } whole => service.WithOperationId(whole.OperationId),
        StartDeploymentResponse started => (await client.DescribeAsync(((IServiceArnRequest)request).ServiceArn!, cancellationToken).ConfigureAwait(false)).WithOperationId(started.OperationId),
        _ => throw new NetworkException($"The response to {request.Operation} contains no service.", mayHaveArrived: true),
    };
}
