using System.Collections;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.Completion;

/// <summary>Completes memory of an instance: what goes with the CPU on the command line, else all sizes.</summary>
internal sealed class MemoryCompleter : KnownValuesCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(IDictionary boundParameters)
    {
        var cpu = boundParameters["Cpu"]?.ToString();
        return (cpu is not null && InstanceSize.CpuUnits(InstanceSize.NormalizeCpu(cpu)) is { } units && InstanceSize.Pairs.TryGetValue(units, out var sizes)
            ? sizes
            : InstanceSize.Pairs.Values.SelectMany(all => all).Distinct().OrderBy(size => size).ToArray()).Select(InstanceSize.FormatMemory);
    }
}
