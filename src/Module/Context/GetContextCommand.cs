using System.Management.Automation;

namespace AppRunner.Context;

/// <summary>Gets the connection settings of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "ARContext")]
[OutputType(typeof(ConnectionContext))]
public sealed class GetContextCommand : ContextCommand
{
    /// <inheritdoc/>
    private protected override void Process() => WriteObject(Snapshot());
}
