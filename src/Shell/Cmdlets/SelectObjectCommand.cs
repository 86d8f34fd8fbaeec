using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AppRunner.Shell.Execution;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = new();
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private List<PropertySelector> _selectors = [];
    private int _position;
    private int _taken;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            _selectors = PropertySelector.Parse(Property ?? (ExcludeProperty is null ? null : ["*"]));
        }
        catch (ArgumentException wrong)
        {
            ThrowTerminatingError(new ErrorRecord(wrong, "InvalidSelection", ErrorCategory.InvalidArgument, Property));
        }

        if (First == 0 && Last < 0)
            throw EngineInternals.StopUpstream(this);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        var position = _position++;
        if (Index is not null)
        {
            if (Index.Contains(position))
                Emit(InputObject);
            return;
        }

        if (Last >= 0)
        {
            // -Skip with -Last leaves out at the end, so that many more are kept until then.
            _last.Enqueue(InputObject);
            if (First > position)
                Emit(InputObject);
            if (_last.Count > Last + Skip)
                _last.Dequeue();
            return;
        }

        if (position < Skip)
            return;
        Emit(InputObject);
        if (First >= 0 && ++_taken >= First)
            throw EngineInternals.StopUpstream(this);
    }

    protected override void EndProcessing()
    {
        foreach (var item in _last.Take(Math.Max(0, _last.Count - Skip)))
            Emit(item);
    }

    private void Emit(PSObject input)
    {
        var output = _selectors.Count == 0 ? input : Project(input);
        if (ExpandProperty is not null)
        {
            Expand(input, output);
            return;
        }

        if (Unique && !_seen.Add(Fingerprint(output)))
            return;
        WriteObject(output);
    }

    private PSObject Project(PSObject input)
    {
        var output = new PSObject();
        var excluded = (ExcludeProperty ?? []).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        foreach (var (label, value) in _selectors.SelectMany(selector => selector.Read(input)))
        {
            if (output.Properties[label] is null && !excluded.Exists(pattern => pattern.IsMatch(label)))
                output.Properties.Add(new PSNoteProperty(label, value));
        }

        if (output.TypeNames.Count > 0 && input.TypeNames.Count > 0)
            output.TypeNames.Insert(0, "Selected." + input.TypeNames[0]);
        return output;
    }

    private void Expand(PSObject input, PSObject selected)
    {
        if (input.Properties[ExpandProperty] is not { } property)
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, input));
            return;
        }

        foreach (var value in LanguagePrimitives.GetEnumerable(property.Value) ?? new[] { property.Value })
        {
            if (value is null)
                continue;
            var item = PSObject.AsPSObject(value);
            if (_selectors.Count > 0)
            {
                foreach (var extra in selected.Properties)
                {
                    if (item.Properties[extra.Name] is null)
                        item.Properties.Add(new PSNoteProperty(extra.Name, extra.Value));
                }
            }

            if (!Unique || _seen.Add(Fingerprint(item)))
                WriteObject(item);
        }
    }

    private static string Fingerprint(PSObject item) =>
        item.BaseObject is PSCustomObject
            ? string.Join('\0', item.Properties.Select(property => $"{property.Name}\0{property.Value}"))
            : $"{item.BaseObject}";
}
