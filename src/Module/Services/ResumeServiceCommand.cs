using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Resumes paused services (API: ResumeService).</summary>
[Cmdlet(VerbsLifecycle.Resume, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Service))]
public sealed class ResumeServiceCommand : ServiceChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) =>
        Change(service, "Resume", new ResumeServiceRequest(), OperationType.ResumeService);
}
