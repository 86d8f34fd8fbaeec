using System.Management.Automation;

namespace AppRunner.Context;

/// <summary>Forgets the defaults of this runspace. A local endpoint that runs is used again.</summary>
[Cmdlet(VerbsCommon.Clear, "ARContext")]
[OutputType(typeof(void))]
public sealed class ClearContextCommand : ContextCommand
{
    /// <inheritdoc/>
    private protected override void Process() => Session.Clear();
}
