using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Commands;
using AppRunner.Model;
using AppRunner.Model.Sending;
using AppRunner.Model.Waiting;
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
    /// <param name="target">The target for ShouldProcess (<see cref="Confirmation.TargetOf(ResolvedResource, string?)"/>).</param>
    /// <param name="action">The action for ShouldProcess: a verb.</param>
    /// <param name="connection">The connection to send with.</param>
    /// <param name="details">What would change, one line each, for -WhatIf and -Confirm; may be null.</param>
    /// <param name="prepare">Completes the request after ShouldProcess, in the background; may be null.</param>
    public void Send<TResponse>(AppRunnerRequest<TResponse> request, string operationType, string target, string action, IAppRunnerConnection connection, IReadOnlyCollection<string>? details = null, Func<Task<AppRunnerRequest<TResponse>>>? prepare = null)
        where TResponse : AppRunnerResponse
    {
        if (!Confirmation.ShouldSend(cmdlet, request, target, action, connection, details))
            return;
        var record = errors.Target;
        work.Enqueue(record, async () =>
        {
            var changes = new ServiceChanges(
                connection, SystemClock.Instance, message => _ = work.PostAsync(() => RequestDisplay.Verbose(cmdlet, message)), message => _ = work.PostAsync(() => cmdlet.WriteWarning(message)));
            var final = prepare is null ? request : await prepare().ConfigureAwait(false);
            StartedChange change;
            using (interrupted.Begin($"Stopped before the response to {request.Operation} for {target} arrived: check with Get-ARService whether it took effect."))
            {
                change = final is CreateServiceRequest create
                    ? await changes.CreateAsync(create, stopped).ConfigureAwait(false)
                    : await changes.ChangeAsync(final, operationType, stopped).ConfigureAwait(false);
            }

            var service = change.Service;
            session.Seen.RememberStart(service, operationType);
            var isSimulated = request is CreateServiceRequest && ServiceAddress.Of(service.ServiceUrl) is { IsSimulated: true };
            if (waits is not null && !change.HasEnded)
            {
                if (isSimulated)
                    await work.PostAsync(WarnOfSimulation).ConfigureAwait(false);
                var name = Arn.TryParse(service.ServiceArn, out var arn) ? arn.Name : service.ServiceArn!;
                waits.Start(
                    new ResolvedResource(service.ServiceArn!, name, connection),
                    new AwaitedOperation(service.ServiceArn!, service.OperationId, operationType, change.IsServiceUnread ? null : service),
                    change.Unconfirmed,
                    record);
                return;
            }

            var doubt = change.Unconfirmed?.WarningNow();
            if (doubt is null && change.Unconfirmed is { } unconfirmed)
                throw unconfirmed.ErrorNow();
            var effect = $"{request.Operation} for {target} took effect" + (service.OperationId is null ? string.Empty : $" (operation {service.OperationId})");
            var unwritten = interrupted.Begin(doubt ?? $"{effect}, but the command was stopped before it wrote the service.");
            AppRunnerException? failure = null;
            if (change.IsServiceUnread)
                (service, failure) = await changes.ReadAsync(change, operationType, stopped).ConfigureAwait(false);
            await work.PostAsync(() =>
            {
                unwritten.Complete();
                service.OperationType = operationType;
                session.Seen.Remember(service);

                // The object first: with -Debug the engine asks at a warning, and ends the command if no user can respond.
                cmdlet.WriteObject(service);
                if (doubt is not null)
                    cmdlet.WriteWarning(doubt);
                if (failure is not null)
                    cmdlet.WriteWarning($"{effect}, but the service could not be read, so the output has only its ARN, its name and the operation: {failure.Message}");
                if (isSimulated)
                    WarnOfSimulation();
            }).ConfigureAwait(false);
        });
    }

    private void WarnOfSimulation()
    {
        if (session.HasSimulationWarning)
            return;
        session.HasSimulationWarning = true;
        cmdlet.WriteWarning("The services of this local endpoint are only simulated: nothing is built or run, and their URLs do not respond. To run services on this computer, start it with Start-ARLocalEndpoint -AllowExecution.");
    }
}
