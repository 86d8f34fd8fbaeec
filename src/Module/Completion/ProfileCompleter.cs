using System.Collections;
using System.Collections.Generic;
using AppRunner.Loading;

namespace AppRunner.Completion;

/// <summary>Completes profiles of the shared AWS files.</summary>
internal sealed class ProfileCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => PrivateAssemblies.Connector.GetProfileNames();
}
