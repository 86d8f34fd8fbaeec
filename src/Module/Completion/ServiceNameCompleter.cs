using System.Collections;
using System.Collections.Generic;
using AppRunner.Connections;

namespace AppRunner.Completion;

/// <summary>Completes names of services that this session has seen. Makes no call.</summary>
public sealed class ServiceNameCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => SessionContext.Current.SeenNames;
}
