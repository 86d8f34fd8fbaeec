using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Join, "Path")]
internal sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    public string[] AdditionalChildPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var joined = SessionState.Path.Combine(path, ChildPath);
            foreach (var more in AdditionalChildPath)
                joined = SessionState.Path.Combine(joined, more);
            WriteObject(joined);
        }
    }
}
