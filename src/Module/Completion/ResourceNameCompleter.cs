using System.Collections;
using System.Collections.Generic;
using AppRunner.Connections;
using AppRunner.Resources;

namespace AppRunner.Completion;

/// <summary>Completes names of resources that this session has seen. Makes no call.</summary>
internal abstract class ResourceNameCompleter : KnownValuesCompleter
{
    /// <summary>The kind of resource.</summary>
    private protected abstract ResourceKind Kind { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionContext.Current.SeenNames(Kind);
}
