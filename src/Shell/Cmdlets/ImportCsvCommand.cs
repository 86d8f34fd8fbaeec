using System.IO;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsData.Import, "Csv")]
internal sealed class ImportCsvCommand : FileReadingCommand
{
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    protected override void Read(string file) => WriteObject(CsvText.Read(File.ReadAllText(file), Delimiter, Header), enumerateCollection: true);
}
