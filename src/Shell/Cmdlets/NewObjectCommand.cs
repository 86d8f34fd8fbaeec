using System;
using System.Collections;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }

        var isObject = type == typeof(PSObject) || type == typeof(PSCustomObject);
        var made = isObject ? new PSObject() : Make(type);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (isObject)
                made.Properties.Add(new PSNoteProperty(name, entry.Value));
            else if (made.Properties[name] is { IsSettable: true } property)
                property.Value = entry.Value;
            else
                WriteError(new ErrorRecord(new PSArgumentException($"The member \"{name}\" was not found for the specified .NET object."), "InvalidOperationException", ErrorCategory.InvalidOperation, name));
        }

        WriteObject(made);
    }

    /// <summary>The language's own [type]::new chooses the constructor and converts the arguments.</summary>
    private PSObject Make(Type type)
    {
        // In a box: a collection that a script writes would come out as its items.
        var box = new object?[1];
        InvokeCommand.InvokeScript(false, ScriptBlock.Create("param($type, $arguments, $box) $box[0] = $type::new.Invoke($arguments)"), null, type, ArgumentList, box);
        return PSObject.AsPSObject(box[0]);
    }
}
