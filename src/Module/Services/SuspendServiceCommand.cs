using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Pauses services: removes their instances and keeps their settings (API: PauseService).</summary>
[Cmdlet(VerbsLifecycle.Suspend, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Service))]
public sealed class SuspendServiceCommand : ServiceChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) =>
        Change(service, "Suspend", new PauseServiceRequest(), OperationType.PauseService);
}
