using System.Management.Automation;

namespace AppRunner.Context;

/// <summary>Removes the defaults of this runspace. A running local endpoint is used again.</summary>
[Cmdlet(VerbsCommon.Clear, "ARContext")]
[OutputType(typeof(void))]
public sealed class ClearContextCommand : ContextCommand
{
    /// <inheritdoc/>
    private protected override void Process() => Session.Clear();
}
