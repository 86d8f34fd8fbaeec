using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of observability configurations that this session has seen.</summary>
internal sealed class ObservabilityConfigurationNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.ObservabilityConfiguration;
}
