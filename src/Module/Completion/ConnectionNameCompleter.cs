using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of connections that this session has seen.</summary>
internal sealed class ConnectionNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Connection;
}
