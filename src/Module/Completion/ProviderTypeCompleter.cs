using System.Collections;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Completion;

/// <summary>Completes providers of source code.</summary>
internal sealed class ProviderTypeCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(typeof(ProviderType));
}
