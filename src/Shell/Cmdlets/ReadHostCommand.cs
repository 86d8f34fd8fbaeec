using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

[Cmdlet(VerbsCommunications.Read, "Host")]
internal sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public string[]? Prompt { get; set; }

    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        if (Prompt is { Length: > 0 })
            Host.UI.Write(string.Join(' ', Prompt) + ": ");
        if (AsSecureString)
        {
            WriteObject(Host.UI.ReadLineAsSecureString());
            return;
        }

        if (!MaskInput)
        {
            WriteObject(Host.UI.ReadLine());
            return;
        }

        using var secret = Host.UI.ReadLineAsSecureString();
        WriteObject(new System.Net.NetworkCredential("", secret).Password);
    }
}
