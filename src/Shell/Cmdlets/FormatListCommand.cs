using System.Management.Automation;
using AppRunner.Shell.Execution;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineInternals.UseFormatShape(this, "List");
}
