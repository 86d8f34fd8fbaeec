using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Deploys the newest version of services' sources (API: StartDeployment).</summary>
[Cmdlet(VerbsLifecycle.Start, "ARDeployment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Service))]
public sealed class StartDeploymentCommand : ServiceChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) =>
        Change(service, "Deploy", new StartDeploymentRequest(), OperationType.StartDeployment);
}
