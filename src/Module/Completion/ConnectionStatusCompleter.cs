using System.Collections;
using System.Collections.Generic;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Completion;

/// <summary>Completes statuses of connections.</summary>
internal sealed class ConnectionStatusCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => OneOfAttribute.ValuesOf(typeof(ConnectionStatus));
}
