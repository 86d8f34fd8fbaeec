using System.Collections;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Completion;

/// <summary>Completes kinds of outbound traffic.</summary>
internal sealed class EgressTypeCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(typeof(EgressType));
}
