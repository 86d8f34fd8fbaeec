using System.Management.Automation;
using System.Threading;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Sending;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Services;

/// <summary>
/// Sends the requests that start operations, several at once, and writes the service or waits for its operation. <see cref="ServiceChanges"/>
/// handles lost responses and new roles that App Runner cannot use yet; its messages are written to the verbose stream.
/// </summary>
/// <param name="cmdlet">The cmdlet that sends.</param>
/// <param name="session">Keeps the names of services for completion.</param>
/// <param name="errors">Has the target of the current record.</param>
/// <param name="work">Runs the calls in the background.</param>
/// <param name="interrupted">Collects the requests that are in flight, for a warning after Ctrl+C.</param>
/// <param name="waits">Waits for operations; null without -Wait.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ServiceOperationSender(
    PSCmdlet cmdlet, SessionContext session, ErrorReporter errors, BackgroundWork work, InterruptedWorkNotice interrupted, OperationWaits? waits, CancellationToken stopped)
{
    /// <summary>Calls ShouldProcess, sends the request, and writes the service or waits for its operation.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request, already checked. It is not changed.</param>
    /// <param name="operationType">The type of operation that it starts.</param>
    /// <param name="caption">The target for ShouldProcess.</param>
    /// <param name="action">The action for ShouldProcess: a verb.</param>
    /// <param name="connection">The connection to send with.</param>
    public void Send<TResponse>(AppRunnerRequest<TResponse> request, string operationType, string caption, string action, IAppRunnerConnection connection)
        where TResponse : AppRunnerResponse
    {
        if (!Confirmation.ShouldSend(cmdlet, request, caption, action, connection))
            return;
        var target = errors.Target;
        work.Enqueue(target, async () =>
        {
            var changes = new ServiceChanges(connection, SystemClock.Instance, message => _ = work.PostAsync(() => cmdlet.WriteVerbose(message)));
            Service service;
            using (interrupted.Begin($"Stopped before the response to {request.Operation} for {caption} arrived: check with Get-ARService whether it took effect."))
            {
                service = request is CreateServiceRequest create
                    ? await changes.CreateAsync(create, stopped).ConfigureAwait(false)
                    : await changes.ChangeAsync(request, operationType, stopped).ConfigureAwait(false);
            }

            if (waits is not null)
            {
                var name = Arn.TryParse(service.ServiceArn, out var arn) ? arn.Name : caption;
                waits.Start(new ResolvedResource(service.ServiceArn!, name, connection), service.OperationId, target);
                return;
            }

            var unwritten = interrupted.Begin($"{request.Operation} for {caption} took effect (operation {service.OperationId}), but the command was stopped before it wrote the service.");
            await work.PostAsync(() =>
            {
                unwritten.Complete();
                session.Remember(service);
                cmdlet.WriteObject(service);
            }).ConfigureAwait(false);
        });
    }
}
