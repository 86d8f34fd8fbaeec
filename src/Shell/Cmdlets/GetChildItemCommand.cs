using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Get, "ChildItem")]
internal sealed class GetChildItemCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string[] Path { get; set; } = ["."];

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            if (Name)
                WriteObject(InvokeProvider.ChildItem.GetNames(Path, ReturnContainers.ReturnMatchingContainers, Recurse, Force, literalPath: false), enumerateCollection: true);
            else
                WriteObject(InvokeProvider.ChildItem.Get(Path, Recurse, Force, literalPath: false), enumerateCollection: true);
        }
        catch (RuntimeException missing) when (missing is SessionStateException or ProviderInvocationException)
        {
            WriteError(new ErrorRecord(missing.ErrorRecord, missing));
        }
    }
}
