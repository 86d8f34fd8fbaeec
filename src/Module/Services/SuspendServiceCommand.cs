using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Suspends services: their instances go, their settings stay (API: PauseService).</summary>
[Cmdlet(VerbsLifecycle.Suspend, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Service))]
public sealed class SuspendServiceCommand : ServiceChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) =>
        Change(service, "Suspend", new PauseServiceRequest(), OperationType.PauseService);
}
