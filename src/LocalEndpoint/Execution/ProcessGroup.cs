using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A command that runs in a group of processes of its own. The group ends with its first process, and with the endpoint, also when that is killed.</summary>
internal sealed class ProcessGroup : IProgram
{
    // A process that has left the group may hold the output open for ever, and one that is being ended takes its moment.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

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
    /// <param name="recordFolder">Where it is kept which process it is.</param>
    /// <param name="output">Takes each line that it writes, one at a time.</param>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
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
            throw new DeploymentException($"A program could not be started: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public Task<bool> RunsAsync(CancellationToken cancellationToken) => Task.FromResult(!Ended.IsCompleted);

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

        // In the first moment of a process there is no group to be reached yet.
        do
            IfNotExited(() => tree.Kill());
        while (await Task.WhenAny(Ended, Task.Delay(PollInterval)).ConfigureAwait(false) != Ended);
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="cancellationToken">Ends it at once.</param>
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

        await Task.WhenAny(reading, Task.Delay(LastMoment)).ConfigureAwait(false);
        for (var waited = Stopwatch.StartNew(); tree.IsAlive && waited.Elapsed < LastMoment;)
            await Task.Delay(PollInterval).ConfigureAwait(false);
        process.Dispose();
        (tree as IDisposable)?.Dispose();
        if (record is not null)
            FolderRemoval.TryDelete(record);
        return exitCode;
    }

    // A shell that started the program may exit at once on the signal, and the program later.
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
            // Without it the group still ends with the endpoint; it only cannot be found again after that.
            return null;
        }
    }
}

/// <summary>What a process group runs: a program with its arguments, or a line for the computer's shell.</summary>
/// <param name="Folder">Where it runs.</param>
/// <param name="Environment">All of its environment.</param>
internal abstract record Command(string Folder, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>A program that is started without a shell.</summary>
    /// <param name="FileName">The program's whole path.</param>
    /// <param name="Arguments">Its arguments, each passed on as it is.</param>
    /// <param name="Folder">Where it runs.</param>
    /// <param name="Environment">All of its environment.</param>
    internal sealed record Program(string FileName, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);

    /// <summary>A command of the user's, with whatever the shell makes of it.</summary>
    /// <param name="Line">The command as the user wrote it: nothing is ever added to it.</param>
    /// <param name="Folder">Where it runs.</param>
    /// <param name="Environment">All of its environment.</param>
    internal sealed record Shell(string Line, string Folder, IReadOnlyDictionary<string, string> Environment) : Command(Folder, Environment);
}

/// <summary>A process and all that it starts, as the operating system keeps them together.</summary>
internal interface IProcessTree
{
    /// <summary>Asks all of them to exit. Does nothing where the system has no way to ask.</summary>
    void RequestExit();

    /// <summary>Ends all of them.</summary>
    void Kill();

    /// <summary>Whether one of them is still there.</summary>
    bool IsAlive { get; }
}

/// <summary>Reads what a program writes, line by line.</summary>
internal static class OutputReader
{
    // A program that writes without ever ending a line must not fill the memory.
    private const int LongestLine = 8 * 1024;

    /// <summary>Reads until the end. Never throws.</summary>
    /// <param name="stream">The program's output.</param>
    /// <param name="line">Takes each line without its end; a longer one comes in pieces.</param>
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
                    if (c == '\n' || rest.Length == LongestLine)
                        Flush();
                }

                if (count == 0)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe is gone: what came until now is all.
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
