using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Debug")]
internal sealed class WriteDebugCommand : MessageCommand
{
    protected override void ProcessRecord() => WriteDebug(Message);
}
