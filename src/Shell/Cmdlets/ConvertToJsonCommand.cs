using System.Collections.Generic;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsData.ConvertTo, "Json")]
internal sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _inputs = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_inputs.Count == 0)
            return;
        object? value = _inputs.Count > 1 || AsArray ? _inputs.ToArray() : _inputs[0];
        var json = JsonText.Write(value, Depth, Compress, EnumsAsStrings, out var truncated);
        if (truncated)
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        WriteObject(json);
    }
}
