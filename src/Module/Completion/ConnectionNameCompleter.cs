using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of connections that this session has seen.</summary>
public sealed class ConnectionNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Connection;
}
