using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true)]
internal sealed class SetContentCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void ProcessRecord()
    {
        var plain = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        foreach (var item in plain is IEnumerable many and not string ? many.Cast<object?>() : [Value])
            _lines.Add(LanguagePrimitives.ConvertTo<string>(item) ?? "");
    }

    protected override void EndProcessing()
    {
        var file = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(file))
            return;
        try
        {
            File.WriteAllText(file, string.Concat(_lines.Select(line => NoNewline ? line : line + Environment.NewLine)));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(unwritable, "FileWriteError", ErrorCategory.WriteError, file));
        }
    }
}
