using System.Collections;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Completion;

/// <summary>Completes managed runtimes.</summary>
internal sealed class RuntimeCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(typeof(Runtime));
}
