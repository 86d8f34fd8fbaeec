using AppRunner.Commands;
using AppRunner.Connections;

namespace AppRunner.Context;

/// <summary>The base of the cmdlets for the runspace's defaults.</summary>
public abstract class ContextCommand : LocalCommand
{
    /// <summary>Gets what a call without parameters would use. Makes no call, and starts no program.</summary>
    /// <returns>The settings, without secrets.</returns>
    private protected ConnectionContext Snapshot() => new ContextReport(Session, new AwsToolsVariables(SessionState.PSVariable)).Read();
}
