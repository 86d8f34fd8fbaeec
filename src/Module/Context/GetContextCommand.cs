using System.Management.Automation;

namespace AppRunner.Context;

/// <summary>Shows where the cmdlets of this runspace send their requests, and as whom.</summary>
[Cmdlet(VerbsCommon.Get, "ARContext")]
[OutputType(typeof(ConnectionContext))]
public sealed class GetContextCommand : ContextCommand
{
    /// <inheritdoc/>
    private protected override void Process() => WriteObject(Snapshot());
}
