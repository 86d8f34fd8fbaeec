using System.Management.Automation;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Services;

/// <summary>Deletes services (API: DeleteService). A deleted service cannot be restored.</summary>
[Cmdlet(VerbsCommon.Remove, "ARService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Service))]
public sealed class RemoveServiceCommand : ServiceChangeCommand
{
    /// <inheritdoc/>
    private protected override void Process(ResolvedResource service) =>
        Change(service, "Remove", new DeleteServiceRequest(), OperationType.DeleteService);
}
