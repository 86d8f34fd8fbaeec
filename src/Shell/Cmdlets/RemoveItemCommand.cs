using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true)]
internal sealed class RemoveItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var found in SessionState.Path.GetResolvedPSPathFromPSPath(path))
                {
                    if (ShouldProcess(found.ProviderPath))
                        InvokeProvider.Item.Remove([found.Path], Recurse, Force, literalPath: true);
                }
            }
            catch (RuntimeException failed) when (failed is SessionStateException or ProviderInvocationException)
            {
                WriteError(new ErrorRecord(failed.ErrorRecord, failed));
            }
        }
    }
}
