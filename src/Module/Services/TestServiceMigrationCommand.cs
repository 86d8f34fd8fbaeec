using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Loading;
using AppRunner.Model;

namespace AppRunner.Services;

/// <summary>Checks whether services can move to Amazon ECS Express Mode, and says what has to be decided and done. It changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ARServiceMigration")]
[OutputType(typeof(ServiceMigration), typeof(bool))]
public sealed class TestServiceMigrationCommand : ServiceSnapshotCommand
{
    /// <summary>Writes a Boolean for each service instead, in the order of the services: true if its status is Ready.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        Begin(ExportFormat.EcsExpress, (decisions, file) => new ExportOptions { Decisions = decisions, SourceFile = file });
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        if (!Quiet)
            return;
        foreach (var snapshot in Snapshots)
            WriteObject(Examine(snapshot).Status == MigrationStatus.Ready);
    }

    /// <inheritdoc/>
    private protected override Task OnReadAsync(ServiceSnapshot snapshot) =>
        Quiet ? Task.CompletedTask : Work.PostAsync(() => WriteObject(Examine(snapshot)));

    private ServiceMigration Examine(ServiceSnapshot snapshot) => PrivateAssemblies.ServiceExporter.Examine(snapshot, Options);
}
