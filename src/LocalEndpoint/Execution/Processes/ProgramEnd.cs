using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>What a program that was run to its end has left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The last lines that it wrote.</param>
internal sealed record ProgramEnd(int ExitCode, string[] Lines)
{
    private const int MostLines = 20;
    private const int MostReasonLines = 5;

    /// <summary>Whether it ended well.</summary>
    public bool IsGood => ExitCode == 0;

    /// <summary>Why it failed, in its own words where it has any.</summary>
    public string Reason => Lines.Length == 0 ? $"exit code {ExitCode}" : string.Join(' ', Lines[^Math.Min(MostReasonLines, Lines.Length)..]);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="recordFolder">Where it is kept which process it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">It cannot be started.</exception>
    public static async Task<ProgramEnd> OfAsync(Command command, string recordFolder, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        var process = ProcessGroup.Start(command, recordFolder, line =>
        {
            lines.Enqueue(line);
            if (lines.Count > MostLines)
                lines.Dequeue();
        });
        return new ProgramEnd(await process.WaitAsync(cancellationToken).ConfigureAwait(false), lines.ToArray());
    }
}
