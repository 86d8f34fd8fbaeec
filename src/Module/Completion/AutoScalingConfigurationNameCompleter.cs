using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of auto scaling configurations that this session has seen.</summary>
internal sealed class AutoScalingConfigurationNameCompleter : ResourceNameCompleter
{
    /// <inheritdoc/>
    private protected override ResourceKind Kind => ResourceKind.AutoScalingConfiguration;
}
