using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of VPC connectors that this session has seen.</summary>
internal sealed class VpcConnectorNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.VpcConnector;
}
