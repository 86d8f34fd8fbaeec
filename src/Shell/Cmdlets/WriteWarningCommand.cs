using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Warning")]
internal sealed class WriteWarningCommand : MessageCommand
{
    protected override void ProcessRecord() => WriteWarning(Message);
}
