using System.Linq;
using AppRunner.Model.Comparison;

namespace AppRunner.Model.Sending;

/// <summary>What is known of the operation that a request started.</summary>
/// <param name="Service">The service, with OperationId if the id is known. Always has its ARN.</param>
internal sealed record StartedChange(Service Service)
{
    /// <summary>Whether the response had no service, so that only ARN, name and operation id are known.</summary>
    public bool IsServiceUnread { get; init; }

    /// <summary>Whether there is nothing to wait for: the service is already gone.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Set if another request may have started the operation.</summary>
    public UnconfirmedUpdate? Unconfirmed { get; init; }

    /// <summary>A change of which only the operation is known.</summary>
    /// <param name="serviceArn">The service.</param>
    /// <param name="operationId">The operation.</param>
    /// <returns>The change.</returns>
    public static StartedChange Of(string serviceArn, string? operationId) => new(Service.FromArn(serviceArn, operationId)) { IsServiceUnread = true };

    /// <summary>The deletion of a service that does not exist any more.</summary>
    /// <param name="serviceArn">The service.</param>
    /// <returns>The change.</returns>
    public static StartedChange Gone(string serviceArn)
    {
        var service = Service.FromArn(serviceArn, null);
        service.Status = ServiceStatus.Deleted;
        return new StartedChange(service) { HasEnded = true };
    }
}

/// <summary>
/// An UPDATE_SERVICE operation that was found after the response to UpdateService was lost. This request may have started it, or another one.
/// </summary>
/// <remarks>
/// What is known after the operation:
///   ended as             service                      result
///   SUCCEEDED            has the requested values     this request was applied
///   SUCCEEDED            differs                      the lost response: another request started the operation
///   SUCCEEDED            could not be read            the lost response: not known
///   FAILED, ROLLBACK_*   -                            the lost response, or with -Wait the operation's error: not known
///   still running        has the requested values     without -Wait the service, and a warning: not known yet
///   still running        differs, or not read         the lost response: not known yet
/// </remarks>
/// <param name="request">The request.</param>
/// <param name="operation">The operation when it was found.</param>
/// <param name="service">The service at that time; null if it could not be read.</param>
/// <param name="cause">The failure that replaced the response.</param>
internal sealed class UnconfirmedUpdate(UpdateServiceRequest request, Operation operation, Service? service, AppRunnerException cause)
{
    /// <summary>The error at the time when the operation was found.</summary>
    /// <returns>The lost response, with what is known.</returns>
    public AppRunnerException ErrorNow() => ErrorAfter(operation.Status, service, null)!;

    /// <summary>What to warn of instead of an error: the operation runs, and the service has the requested values, which it may have had before.</summary>
    /// <returns>The warning; null if <see cref="ErrorNow"/> tells what is known.</returns>
    public string? WarningNow() => operation.Status is OperationStatus.Pending or OperationStatus.InProgress && service is not null && ServiceComparer.Compare(request, service).Count == 0
        ? $"The response to UpdateService was lost. {operation.Type} (operation {operation.Id}) began after the request was sent and is {operation.Status}, and the service has the requested values now. It is not known yet whether this request started it. Wait for it with Wait-AROperation -Service '{request.ServiceArn}' -OperationId {operation.Id}, then check with Get-ARService '{request.ServiceArn}' whether the service has them still."
        : null;

    /// <summary>The error after the operation.</summary>
    /// <param name="status">The status that the operation ended with.</param>
    /// <param name="after">The service after the operation; null if it could not be read.</param>
    /// <param name="readFailure">Why it could not be read.</param>
    /// <returns>The lost response, with what is known; null if this request was applied.</returns>
    public AppRunnerException? ErrorAfter(string? status, Service? after, AppRunnerException? readFailure)
    {
        var found = $"{operation.Type} (operation {operation.Id})";
        if (status != OperationStatus.Succeeded)
        {
            var state = new Operation { Status = status }.HasEnded ? "ended with status" : "is";
            return WithNote($"{found} began after the request was sent and {state} {status}. It is not known whether this request started it.");
        }

        if (after is null)
            return WithNote($"{found} began after the request was sent and ended with status {status}. It is not known whether this request started it: the service could not be read. {readFailure?.Message}".TrimEnd());
        var differences = ServiceComparer.Compare(request, after);
        return differences.Count == 0
            ? null
            : WithNote($"{found} was started by another request: the service differs from this one in {string.Join(", ", differences.Select(difference => difference.Path))}. This request was most probably not applied.");
    }

    /// <summary>Adds to the error of the wait that the operation may be another one's.</summary>
    /// <param name="failure">The error.</param>
    public void Annotate(AppRunnerException failure) =>
        failure.Note = $"{failure.Note} The response to UpdateService was lost, so it is not known whether this request started operation {operation.Id}.".TrimStart();

    private AppRunnerException WithNote(string note)
    {
        cause.Note = note;
        cause.RecommendedAction = $"Wait for the operation with Wait-AROperation -Service '{request.ServiceArn}' -OperationId {operation.Id}, check with Get-ARService '{request.ServiceArn}' whether the change was applied, and run the command again if not.";
        return cause;
    }
}
