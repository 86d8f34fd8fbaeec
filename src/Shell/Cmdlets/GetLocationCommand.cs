using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Location")]
internal sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}
