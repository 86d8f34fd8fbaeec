using System.Management.Automation;
using System.Threading;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Sending;
using AppRunner.Resources;
using AppRunner.Session;

namespace AppRunner.Services;

/// <summary>
/// Sends the requests that start operations, several at once, and writes the service or waits for its operation. What may get lost on the
/// way (a response, or a role that is too young to be seen) is settled by <see cref="ServiceChanges"/>; what that says of it goes to -Verbose.
/// </summary>
/// <param name="cmdlet">The cmdlet that sends.</param>
/// <param name="session">Remembers the names of services.</param>
/// <param name="errors">Knows what the record at hand is about.</param>
/// <param name="work">Runs the calls.</param>
/// <param name="interrupted">Told of what is sent and not answered.</param>
/// <param name="waits">Waits for operations; null without -Wait.</param>
/// <param name="stopped">Ends with Ctrl+C.</param>
internal sealed class ServiceOperationSender(
    PSCmdlet cmdlet, SessionContext session, ErrorReporter errors, BackgroundWork work, InterruptedWorkNotice interrupted, OperationWaits? waits, CancellationToken stopped)
{
    /// <summary>Asks for permission, sends, and writes the service or waits for its operation.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="request">The request, already checked. It is not changed.</param>
    /// <param name="operationType">The operation that it starts.</param>
    /// <param name="caption">What it is done to, for ShouldProcess.</param>
    /// <param name="action">What is done, for ShouldProcess: a verb.</param>
    /// <param name="connection">Where to send.</param>
    public void Send<TResponse>(AppRunnerRequest<TResponse> request, string operationType, string caption, string action, IAppRunnerConnection connection)
        where TResponse : AppRunnerResponse
    {
        if (!Confirmation.MaySend(cmdlet, request, caption, action, connection))
            return;
        var target = errors.Target;
        work.Enqueue(target, async () =>
        {
            var changes = new ServiceChanges(connection, SystemClock.Instance, sentence => _ = work.PostAsync(() => cmdlet.WriteVerbose(sentence)));
            Service service;
            using (interrupted.Begin($"{request.Operation} for {caption} was sent, its answer not awaited: look with Get-ARService whether it took effect."))
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
