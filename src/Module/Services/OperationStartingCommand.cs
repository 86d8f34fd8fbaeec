using System;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Sending;
using AppRunner.Operations;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>The base of cmdlets that start operations: send many at once, and wait for all that were started.</summary>
public abstract class OperationStartingCommand : WaitingCommand
{
    /// <summary>Waits until the operation has ended and writes the service as it is then. Several operations are waited for at once.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many requests are sent at once, 1 to 256. Default: 1, which keeps the order of the input.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    private protected override int Width => ThrottleLimit;

    /// <summary>Asks for permission, sends, and writes the service or waits for its operation.</summary>
    /// <param name="request">The request, for -Verbose.</param>
    /// <param name="caption">What it is done to, for ShouldProcess.</param>
    /// <param name="action">What is done, for ShouldProcess: a verb.</param>
    /// <param name="connection">Where to send.</param>
    /// <param name="target">The TargetObject of errors.</param>
    /// <param name="send">Sends the request.</param>
    private protected void Change(AppRunnerRequest request, string caption, string action, IAppRunnerConnection connection, object? target, Func<ServiceChanges, Task<Service>> send)
    {
        if (!IsAllowed(request, caption, action, connection))
            return;
        Enqueue(target, async () =>
        {
            var changes = new ServiceChanges(connection, SystemClock.Instance, sentence => _ = PostAsync(() => WriteVerbose(sentence)));
            var service = await TrackedAsync(
                $"{request.Operation} for {caption} was sent, its answer not awaited: look with Get-ARService whether it took effect.",
                () => send(changes)).ConfigureAwait(false);
            if (Wait)
            {
                var arn = Arn.TryParse(service.ServiceArn, out var parsed) ? parsed.Name : caption;
                StartWait(new ResolvedResource(service.ServiceArn!, arn, connection), service.OperationId, target);
            }
            else
            {
                var written = UnderWay($"{request.Operation} for {caption} took effect (operation {service.OperationId}), but the command was stopped before it wrote the service.");
                await PostAsync(() =>
                {
                    written.Dispose();
                    WriteResource(service);
                }).ConfigureAwait(false);
            }
        });
    }
}
