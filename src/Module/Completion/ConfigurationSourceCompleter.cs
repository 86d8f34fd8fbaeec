using System.Collections;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Completion;

/// <summary>Completes sources of configuration.</summary>
internal sealed class ConfigurationSourceCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(typeof(ConfigurationSource));
}
