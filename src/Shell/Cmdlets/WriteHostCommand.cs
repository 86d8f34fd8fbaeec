using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public object Separator { get; set; } = " ";

    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage
        {
            Message = TextOf(Object),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        };
        // The engine shows what carries this tag, whatever $InformationPreference says.
        WriteInformation(message, ["PSHOST"]);
    }

    private string TextOf(object? value)
    {
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => "",
            string text => text,
            IEnumerable many => string.Join(Separator.ToString(), many.Cast<object?>().Select(TextOf)),
            _ => (string)LanguagePrimitives.ConvertTo(value, typeof(string), System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
