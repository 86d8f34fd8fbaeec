using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
internal sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Leaf")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBase")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Extension")]
    public SwitchParameter Extension { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var leaf = SessionState.Path.ParseChildName(path);
            WriteObject(ParameterSetName switch
            {
                "Leaf" => leaf,
                "LeafBase" => System.IO.Path.GetFileNameWithoutExtension(leaf),
                "Extension" => System.IO.Path.GetExtension(leaf),
                _ => SessionState.Path.ParseParent(path, root: null),
            });
        }
    }
}
