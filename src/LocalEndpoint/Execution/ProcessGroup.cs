using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A command that runs in its own process group. The group ends with its first process, and with the endpoint, also when that is killed.</summary>
/// <remarks>
/// The life of a group:
/// <code>
/// 1. start the command in a new group       Unix: setsid and a shell with a watcher; Windows: a job object (IProcessTree)
/// 2. record the process id and start time   a later endpoint ends the group if this endpoint is killed
/// 3. read output and error line by line until the first process exits
/// 4. stop (StopAsync): request the exit, wait for the timeout, then kill until the group has ended
/// 5. the first process has exited: give the rest of the group the remaining time of a stop, then kill it
/// 6. from now on never signal: the process group id may be reused
/// 7. read the rest of the output for up to 1 s, and delete the record
/// </code>
/// </remarks>
internal sealed class ProcessGroup : IProgram
{
    // For the rest of the output, which a process outside the group may keep open, and for killed processes to end.
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly object syncRoot = new();
    private readonly Process process;
    private readonly IProcessTree tree;
    private readonly string? record;
    private bool exited;
    private DateTime? stopAt;

    private ProcessGroup(Process process, IProcessTree tree, string recordFolder, Action<string> output)
    {
        this.process = process;
        this.tree = tree;
        record = Record(recordFolder);
        Ended = RunAsync(Serialized(output));
    }

    /// <inheritdoc/>
    public Task<int> Ended { get; }

    /// <summary>Starts a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="recordFolder">The folder for the record of the process.</param>
    /// <param name="output">Called with each line of output, one at a time.</param>
    /// <exception cref="DeploymentException">The command cannot be started.</exception>
    public static ProcessGroup Start(Command command, string recordFolder, Action<string> output)
    {
        var windows = OperatingSystem.IsWindows();
        var start = windows ? WindowsProcessTree.StartInfo(command) : UnixProcessTree.StartInfo(command);
        start.WorkingDirectory = command.Folder;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;

        Process? process = null;
        IProcessTree? tree = null;
        try
        {
            process = Process.Start(start)!;
            tree = windows ? new WindowsProcessTree(process) : new UnixProcessTree(process.Id);
            if (windows && command is Command.Shell)
            {
                process.StandardInput.WriteLine();
                process.StandardInput.Flush();
            }

            return new ProcessGroup(process, tree, recordFolder, output);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or ArgumentException)
        {
            process?.Kill(entireProcessTree: true);
            (tree as IDisposable)?.Dispose();
            process?.Dispose();
            throw new DeploymentException($"A program could not be started: {FailureText.Sentence(e.Message)}");
        }
    }

    /// <inheritdoc/>
    public Task<bool> RunsAsync(CancellationToken cancellationToken) => Task.FromResult(!Ended.IsCompleted);

    /// <inheritdoc/>
    public ProgramUsage? Usage()
    {
        lock (syncRoot)
            return exited ? null : tree.Usage();
    }

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            IfNotExited(() =>
            {
                stopAt = DateTime.UtcNow + timeout;
                tree.RequestExit();
            });
            await Task.WhenAny(Ended, Task.Delay(timeout)).ConfigureAwait(false);
        }

        // Repeat: directly after the start the group may not exist yet.
        do
            IfNotExited(() => tree.Kill());
        while (await Task.WhenAny(Ended, Task.Delay(PollInterval)).ConfigureAwait(false) != Ended);
    }

    /// <summary>Waits for the exit.</summary>
    /// <param name="cancellationToken">Kills the group.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(() => _ = StopAsync(TimeSpan.Zero)))
        {
            var exitCode = await Ended.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return exitCode;
        }
    }

    // Process group ids are reused: never signal after exit.
    private void IfNotExited(Action action)
    {
        lock (syncRoot)
        {
            if (!exited)
                action();
        }
    }

    private async Task<int> RunAsync(Action<string> output)
    {
        var reading = Task.WhenAll(OutputReader.ReadAsync(process.StandardOutput.BaseStream, output), OutputReader.ReadAsync(process.StandardError.BaseStream, output));
        await process.WaitForExitAsync().ConfigureAwait(false);
        var exitCode = process.ExitCode;
        await WaitForGroupAsync().ConfigureAwait(false);
        lock (syncRoot)
        {
            tree.Kill();
            exited = true;
        }

        await Task.WhenAny(reading, Task.Delay(ExitTimeout)).ConfigureAwait(false);
        for (var waited = Stopwatch.StartNew(); tree.IsAlive && waited.Elapsed < ExitTimeout;)
            await Task.Delay(PollInterval).ConfigureAwait(false);
        process.Dispose();
        (tree as IDisposable)?.Dispose();
        if (record is not null)
            FolderRemoval.TryDelete(record);
        return exitCode;
    }

    // The shell that started the program may exit before the program does.
    private async Task WaitForGroupAsync()
    {
        DateTime? until;
        lock (syncRoot)
            until = stopAt;
        while (tree.IsAlive && DateTime.UtcNow < until)
            await Task.Delay(PollInterval).ConfigureAwait(false);
    }

    private static Action<string> Serialized(Action<string> output)
    {
        var one = new object();
        return line =>
        {
            lock (one)
                output(line);
        };
    }

    private string? Record(string folder)
    {
        if (ProcessRecord.Of(process.Id) is not { } found)
            return null;
        var file = Path.Combine(folder, process.Id.ToString(CultureInfo.InvariantCulture));
        try
        {
            found.Write(file);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a record the group still ends with the endpoint; only a later endpoint cannot find it.
            return null;
        }
    }
}

/// <summary>The command of a process group: a program with arguments, or a command line for the shell.</summary>
/// <param name="Folder">The working folder.</param>
/// <param name="Environment">The complete environment.</param>
internal abstract record Command(string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A program that is started without a shell.</summary>
    /// <param name="FileName">The full path of the program.</param>
    /// <param name="Arguments">The arguments, passed without changes.</param>
    /// <param name="Folder">The working folder.</param>
    /// <param name="Environment">The complete environment.</param>
    internal sealed record Program(string FileName, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);

    /// <summary>A command line of the user, which the shell interprets.</summary>
    /// <param name="Line">The command line, without changes.</param>
    /// <param name="Folder">The working folder.</param>
    /// <param name="Environment">The complete environment.</param>
    internal sealed record Shell(string Line, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);
}

/// <summary>A process and its child processes, as the operating system groups them.</summary>
internal interface IProcessTree
{
    /// <summary>Asks all processes to exit. Does nothing if the system has no way to ask.</summary>
    void RequestExit();

    /// <summary>Kills all processes.</summary>
    void Kill();

    /// <summary>Whether a process of the group is alive.</summary>
    bool IsAlive { get; }

    /// <summary>What all processes use; null if it is not known.</summary>
    ProgramUsage? Usage();
}

/// <summary>Reads the output of a program line by line.</summary>
internal static class OutputReader
{
    // Limits the memory for output without line breaks.
    private const int MaxLineLength = 8 * 1024;

    /// <summary>Reads to the end. Never throws.</summary>
    /// <param name="stream">The program's output.</param>
    /// <param name="line">Called with each line without its line break; a longer line is split.</param>
    public static async Task ReadAsync(Stream stream, Action<string> line)
    {
        var bytes = new byte[4096];
        var chars = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var decoder = Encoding.UTF8.GetDecoder();
        var rest = new StringBuilder();
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(bytes).ConfigureAwait(false);
                var charCount = decoder.GetChars(bytes.AsSpan(0, count), chars, flush: count == 0);
                foreach (var c in chars.AsSpan(0, charCount))
                {
                    if (c != '\n')
                        rest.Append(c);
                    if (c == '\n' || rest.Length == MaxLineLength)
                        Flush();
                }

                if (count == 0)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe is closed: there is no more output.
        }

        if (rest.Length > 0)
            Flush();

        void Flush()
        {
            if (rest.Length > 0 && rest[^1] == '\r')
                rest.Length--;
            var text = rest.ToString();
            rest.Clear();
            line(text);
        }
    }
}
