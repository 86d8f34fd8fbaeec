using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Completion;

/// <summary>Completes CPU of an instance.</summary>
internal sealed class CpuCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => InstanceSize.Pairs.Keys.Select(InstanceSize.FormatCpu);
}
