using System.Management.Automation;

namespace AppRunner.Shell.Cmdlets;

/// <summary>A cmdlet that writes one message to one stream.</summary>
internal abstract class MessageCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Msg")]
    [AllowEmptyString]
    public string Message { get; set; } = "";
}
