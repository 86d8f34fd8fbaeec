using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.Model.Sending;

/// <summary>
/// Sends requests that change a service. Settles what the API leaves open: a role that is not visible yet (<see cref="RoleRetry"/>), a response
/// that was lost (<see cref="LostResponses"/>), and a response without a service.
/// </summary>
internal sealed class ServiceChanges
{
    private readonly IAppRunnerClient client;
    private readonly IClock clock;
    private readonly RoleRetry roleRetry;
    private readonly LostResponses lostResponses;

    /// <summary>Makes a sender.</summary>
    /// <param name="client">Where to send.</param>
    /// <param name="clock">Time.</param>
    /// <param name="report">Told in one sentence what is being done about a difficulty; may be null.</param>
    public ServiceChanges(IAppRunnerClient client, IClock clock, Action<string>? report = null)
    {
        this.client = client;
        this.clock = clock;
        roleRetry = new RoleRetry(client, clock, report);
        lostResponses = new LostResponses(client, clock, report);
    }

    /// <summary>Creates a service. CreateService reaches App Runner once, or again only after a response that says it had no effect.</summary>
    /// <param name="request">The request, already checked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The service, with OperationId.</returns>
    /// <exception cref="ServiceAlreadyExistsException">After a lost response: a service of that name exists, and another request created it.</exception>
    /// <exception cref="NetworkException">After a lost response: no such service exists.</exception>
    /// <exception cref="AppRunnerException">What the service said.</exception>
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
    /// <exception cref="AppRunnerException">What the service said.</exception>
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
        IServiceResponse { Service: { } service } whole => service.With(whole.OperationId),
        StartDeploymentResponse started => (await client.DescribeAsync(((IServiceArnRequest)request).ServiceArn!, cancellationToken).ConfigureAwait(false)).With(started.OperationId),
        _ => throw new NetworkException($"The response to {request.Operation} contains no service.", mayHaveArrived: true),
    };
}
