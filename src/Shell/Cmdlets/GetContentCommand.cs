using System.IO;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Get, "Content")]
internal sealed class GetContentCommand : FileReadingCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, int.MaxValue)]
    public int TotalCount { get; set; } = int.MaxValue;

    protected override void Read(string file)
    {
        if (Raw)
            WriteObject(File.ReadAllText(file));
        else
            WriteObject(File.ReadLines(file).Take(TotalCount), enumerateCollection: true);
    }
}
