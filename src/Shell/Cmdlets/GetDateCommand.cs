using System;
using System.Globalization;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Date")]
internal sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime? Date { get; set; }

    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        var date = Date ?? DateTime.Now;
        if (AsUTC)
            date = date.ToUniversalTime();
        if (Format is null)
            WriteObject(date);
        else
            WriteObject(date.ToString(Format is "o" or "FileDateTime" ? (Format == "o" ? "o" : "yyyyMMddTHHmmssffff") : Format, CultureInfo.CurrentCulture));
    }
}
