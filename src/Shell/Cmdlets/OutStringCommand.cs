using System;
using System.IO;
using System.Management.Automation;
using AppRunner.Shell.Execution;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsData.Out, "String")]
internal sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _writer = new(System.Globalization.CultureInfo.InvariantCulture);

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        EngineInternals.UseWriter(this, _writer, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        var text = _writer.ToString();
        if (NoNewline)
            text = text.Replace(Environment.NewLine, "", StringComparison.Ordinal);
        if (!Stream)
            WriteObject(text);
        else if (text.Length > 0)
            WriteObject((text.EndsWith(Environment.NewLine, StringComparison.Ordinal) ? text[..^Environment.NewLine.Length] : text).Split(Environment.NewLine), enumerateCollection: true);
    }

    protected override void InternalDispose()
    {
        base.InternalDispose();
        _writer.Dispose();
    }
}
