using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Verbose")]
internal sealed class WriteVerboseCommand : MessageCommand
{
    protected override void ProcessRecord() => WriteVerbose(Message);
}
