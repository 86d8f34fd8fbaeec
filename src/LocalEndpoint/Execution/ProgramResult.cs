using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The exit code and last output of a program that was run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">The last lines that it wrote.</param>
internal sealed record ProgramResult(int ExitCode, string[] Lines)
{
    private const int MostLines = 20;
    private const int MostReasonLines = 5;

    /// <summary>Whether its exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Why it failed: the last lines that it wrote, else its exit code.</summary>
    public string Reason => Lines.Length == 0 ? $"exit code {ExitCode}" : string.Join(' ', Lines[^Math.Min(MostReasonLines, Lines.Length)..]);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="recordFolder">Where it is kept which process it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
    public static async Task<ProgramResult> RunAsync(Command command, string recordFolder, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        var process = ProcessGroup.Start(command, recordFolder, line =>
        {
            lines.Enqueue(line);
            if (lines.Count > MostLines)
                lines.Dequeue();
        });
        return new ProgramResult(await process.WaitAsync(cancellationToken).ConfigureAwait(false), lines.ToArray());
    }
}

/// <summary>Finds programs by name, as a shell does. The working folder is not searched.</summary>
/// <param name="path">The folders to search, separated as in PATH; null for the PATH that the session has at the time.</param>
internal sealed class ProgramFinder(string? path)
{
    /// <summary>Searches the session's PATH.</summary>
    public static ProgramFinder OfSession { get; } = new(null);

    /// <summary>The whole path of a program; null where it is not on the PATH.</summary>
    /// <param name="name">Its name without an extension.</param>
    public string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (path ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
