using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
internal sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _numbers = [];
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        object? value = InputObject;
        if (Property is not null)
        {
            value = InputObject.Properties[Property]?.Value;
            if (value is null)
                return;
        }

        _count++;
        if (!Sum && !Average && !Minimum && !Maximum)
            return;
        if (LanguagePrimitives.TryConvertTo<double>(value, out var number))
            _numbers.Add(number);
        else
            WriteError(new ErrorRecord(new PSInvalidCastException($"Input object \"{value}\" is not numeric."), "NonNumericInputObject", ErrorCategory.InvalidType, value));
    }

    protected override void EndProcessing()
    {
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("Count", _count));
        Add(result, "Average", Average, Enumerable.Average);
        Add(result, "Sum", Sum, Enumerable.Sum);
        Add(result, "Maximum", Maximum, Enumerable.Max);
        Add(result, "Minimum", Minimum, Enumerable.Min);
        result.Properties.Add(new PSNoteProperty("Property", Property));
        WriteObject(result);
    }

    private void Add(PSObject result, string name, bool wanted, Func<IEnumerable<double>, double> measure) =>
        result.Properties.Add(new PSNoteProperty(name, wanted && _numbers.Count > 0 ? measure(_numbers) : null));
}
