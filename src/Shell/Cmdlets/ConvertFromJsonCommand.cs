using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsData.ConvertFrom, "Json")]
internal sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        var text = string.Join('\n', _lines);
        if (string.IsNullOrWhiteSpace(text))
            return;
        try
        {
            WriteObject(JsonText.Read(text, Depth, AsHashtable), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException wrong)
        {
            ThrowTerminatingError(new ErrorRecord(
                new System.ArgumentException($"Conversion from JSON failed with error: {wrong.Message}", wrong), "System.ArgumentException", ErrorCategory.InvalidArgument, targetObject: null));
        }
    }
}
