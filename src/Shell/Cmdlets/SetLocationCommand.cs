using System;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Set, "Location")]
internal sealed class SetLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = "~";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var location = SessionState.Path.SetLocation(Path == "~" ? home : Path);
            if (PassThru)
                WriteObject(location);
        }
        catch (SessionStateException missing)
        {
            WriteError(new ErrorRecord(missing.ErrorRecord, missing));
        }
    }
}
