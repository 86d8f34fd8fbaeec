using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of services that this session has seen.</summary>
internal sealed class ServiceNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.Service;
}
