using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The exit code and the last output lines of a program.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Lines">The last output lines.</param>
internal sealed record ProgramResult(int ExitCode, string[] Lines)
{
    private const int MaxLines = 20;
    private const int MaxReasonLines = 5;

    /// <summary>Whether its exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Why it failed: the last output lines, or the exit code without output.</summary>
    public string Reason => Lines.Length == 0 ? $"exit code {ExitCode}" : string.Join(' ', Lines[^Math.Min(MaxReasonLines, Lines.Length)..]);

    /// <summary>Runs a command and waits for its exit.</summary>
    /// <param name="command">The command.</param>
    /// <param name="recordFolder">The folder for the record of the process.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    /// <exception cref="DeploymentException">The command cannot be started.</exception>
    public static async Task<ProgramResult> RunAsync(Command command, string recordFolder, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        var process = ProcessGroup.Start(command, recordFolder, line =>
        {
            lines.Enqueue(line);
            if (lines.Count > MaxLines)
                lines.Dequeue();
        });
        return new ProgramResult(await process.WaitAsync(cancellationToken).ConfigureAwait(false), lines.ToArray());
    }
}

/// <summary>Finds programs by name on the PATH. The current folder is not searched.</summary>
/// <param name="path">The folders to search, separated as in PATH; null for the session's current PATH.</param>
internal sealed class ProgramFinder(string? path)
{
    /// <summary>Searches the PATH of the session.</summary>
    public static ProgramFinder OfSession { get; } = new(null);

    /// <summary>The full path of a program; null if it is not on the PATH.</summary>
    /// <param name="name">The name without an extension.</param>
    public string? Find(string name) => FindFile(OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>The full path of a program file; null if it is not on the PATH.</summary>
    /// <param name="file">The name with its extension.</param>
    public string? FindFile(string file) =>
        (path ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);

    /// <summary>Whether a file exists and can be run.</summary>
    /// <param name="file">The full path.</param>
    public static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
