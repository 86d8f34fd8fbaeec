using System.Management.Automation;
using AppRunner.Shell.Execution;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineInternals.UseFormatShape(this, "Table");
}
