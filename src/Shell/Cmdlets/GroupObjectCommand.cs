using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet("Group", "Object")]
internal sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var selectors = PropertySelector.Parse(Property);
        var groups = _items
            .GroupBy(
                item => selectors.Count == 0 ? $"{item}" : string.Join(", ", selectors.Select(selector => $"{selector.ReadOne(item)}")),
                System.StringComparer.CurrentCultureIgnoreCase)
            .OrderBy(group => group.Key, System.StringComparer.CurrentCultureIgnoreCase);
        foreach (var group in groups)
        {
            var result = new PSObject();
            var members = new Collection<PSObject>(group.ToList());
            result.Properties.Add(new PSNoteProperty("Count", members.Count));
            result.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
                result.Properties.Add(new PSNoteProperty("Group", members));
            WriteObject(result);
        }
    }
}
