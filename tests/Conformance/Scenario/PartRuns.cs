using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Conformance.Tests.Clients;
using AppRunner.Conformance.Tests.Parts;

namespace AppRunner.Conformance.Tests.Scenario;

/// <summary>The runs of the whole scenario by one client, started together; each part runs once, for all tests that use it.</summary>
internal sealed class PartRuns
{
    private readonly Dictionary<string, Task<Report>> runs;

    public PartRuns(Func<Model.LocalEndpoint, IOutsideClient> connect)
    {
        // The parts are independent; a small computer runs two at once.
        var slots = new SemaphoreSlim(2);
        var once = new ConcurrentDictionary<string, bool>();
        runs = AllParts.Parts.ToDictionary(part => part.Name, part => RunAsync(part, connect, once, slots));
    }

    public Task<Report> this[string part] => runs[part];

    public Task<Report[]> WhenAll() => Task.WhenAll(runs.Values);

    private static async Task<Report> RunAsync(Part part, Func<Model.LocalEndpoint, IOutsideClient> connect, ConcurrentDictionary<string, bool> once, SemaphoreSlim slots)
    {
        await slots.WaitAsync();
        try
        {
            return await Run.PartAsync(part, connect, once);
        }
        finally
        {
            slots.Release();
        }
    }
}
