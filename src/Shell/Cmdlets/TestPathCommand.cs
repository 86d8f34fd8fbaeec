using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsDiagnostic.Test, "Path")]
internal sealed class TestPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("PSPath", "LiteralPath")]
    [AllowNull]
    [AllowEmptyString]
    public string?[] Path { get; set; } = [];

    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            WriteObject(!string.IsNullOrWhiteSpace(path) && Exists(path));
    }

    private bool Exists(string path)
    {
        try
        {
            return InvokeProvider.Item.Exists(path)
                && (PathType == "Any" || InvokeProvider.Item.IsContainer(path) == (PathType == "Container"));
        }
        catch (SessionStateException)
        {
            // A drive or provider that is not there: then neither is the path.
            return false;
        }
    }
}
