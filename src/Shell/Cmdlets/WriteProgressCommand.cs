using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Progress")]
internal sealed class WriteProgressCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string Activity { get; set; } = "";

    [Parameter(Position = 1)]
    public string Status { get; set; } = "";

    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int Id { get; set; }

    [Parameter]
    [ValidateRange(-1, 100)]
    public int PercentComplete { get; set; } = -1;

    [Parameter]
    public int SecondsRemaining { get; set; } = -1;

    [Parameter]
    public string CurrentOperation { get; set; } = "";

    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ParentId { get; set; } = -1;

    [Parameter]
    public SwitchParameter Completed { get; set; }

    [Parameter]
    public int SourceId { get; set; }

    protected override void ProcessRecord()
    {
        // The engine wants both texts; pwsh says "Processing" where a script gave none.
        var record = new ProgressRecord(Id, Activity.Length > 0 ? Activity : "Processing", Status.Length > 0 ? Status : "Processing")
        {
            PercentComplete = PercentComplete,
            SecondsRemaining = SecondsRemaining,
            CurrentOperation = CurrentOperation,
            ParentActivityId = ParentId,
            RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        // One source for all calls: every call is a cmdlet of its own, and would else be an activity of its own.
        CommandRuntime.WriteProgress(SourceId, record);
    }
}
