using System.Collections.Generic;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsData.ConvertFrom, "Csv")]
internal sealed class ConvertFromCsvCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    protected override void ProcessRecord() => _lines.AddRange(InputObject);

    protected override void EndProcessing() => WriteObject(CsvText.Read(string.Join('\n', _lines), Delimiter, Header), enumerateCollection: true);
}
