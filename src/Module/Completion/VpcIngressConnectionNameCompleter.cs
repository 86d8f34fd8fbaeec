using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of VPC ingress connections that this session has seen.</summary>
internal sealed class VpcIngressConnectionNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.VpcIngressConnection;
}
