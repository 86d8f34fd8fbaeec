using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet, IComparer<object?>
{
    private readonly List<PSObject> _items = [];
    private List<PropertySelector> _selectors = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    public int Compare(object? x, object? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        return LanguagePrimitives.TryCompare(x, y, ignoreCase: !CaseSensitive, System.Globalization.CultureInfo.CurrentCulture, out var order)
            ? order
            : string.Compare(x.ToString(), y.ToString(), CaseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase);
    }

    protected override void BeginProcessing()
    {
        try
        {
            _selectors = PropertySelector.Parse(Property);
        }
        catch (ArgumentException wrong)
        {
            ThrowTerminatingError(new ErrorRecord(wrong, "InvalidSortKey", ErrorCategory.InvalidArgument, Property));
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        // One key per property, each read once. LINQ's ordering is stable, with or without -Stable.
        var keyed = _items.Select(item => (Item: item, Keys: Keys(item))).ToList();
        var ordered = keyed.OrderBy(_ => 0);
        for (var i = 0; i < Math.Max(1, _selectors.Count); i++)
        {
            var index = i;
            var descending = index < _selectors.Count ? _selectors[index].Descending ?? (bool)Descending : (bool)Descending;
            ordered = descending ? ordered.ThenByDescending(entry => entry.Keys[index], this) : ordered.ThenBy(entry => entry.Keys[index], this);
        }

        object?[]? previous = null;
        foreach (var (item, keys) in ordered)
        {
            if (Unique && previous is not null && keys.Zip(previous, Compare).All(order => order == 0))
                continue;
            previous = keys;
            WriteObject(item);
        }
    }

    private object?[] Keys(PSObject item) =>
        _selectors.Count == 0 ? [item.BaseObject] : _selectors.Select(selector => Unwrap(selector.ReadOne(item))).ToArray();

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
