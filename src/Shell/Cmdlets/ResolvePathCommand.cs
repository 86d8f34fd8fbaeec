using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsDiagnostic.Resolve, "Path")]
internal sealed class ResolvePathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("PSPath", "LiteralPath")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(path), enumerateCollection: true);
            }
            catch (SessionStateException missing)
            {
                WriteError(new ErrorRecord(missing.ErrorRecord, missing));
            }
        }
    }
}
