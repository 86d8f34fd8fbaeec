using System;
using System.Diagnostics;
using System.Threading.Tasks;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Faults;

/// <summary>A command against an App Runner that fails in one way, and what must come of it.</summary>
/// <param name="Name">What goes wrong.</param>
/// <param name="Script">The command.</param>
/// <param name="Fault">The responses that differ from the regular ones; see <see cref="FaultServer"/>.</param>
/// <param name="Check">Checks what the user sees, and the requests that arrived.</param>
internal sealed record FaultScenario(string Name, string Script, Func<FaultServer, string, int, Step?> Fault, Action<FaultRun> Check)
{
    /// <summary>Whether it takes longer than a test may: it runs for the matrix only, and a unit test with its own clock has the same responses.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Runs it.</summary>
    public async Task<FaultRun> RunAsync()
    {
        await using var server = new FaultServer(Fault);
        using var session = Session.To(server.Server);
        var time = Stopwatch.StartNew();
        var result = session.Run(Script);
        return new FaultRun(server, result, time.Elapsed);
    }

    public override string ToString() => Name;
}

/// <summary>The run of a scenario.</summary>
/// <param name="Server">Has the requests that arrived.</param>
/// <param name="Result">What the user sees.</param>
/// <param name="Time">How long the command took.</param>
internal sealed record FaultRun(FaultServer Server, RunResult Result, TimeSpan Time);
