using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Folders;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>A command that runs in a group of processes of its own. The group ends with its first process, and with the endpoint, also when that is killed.</summary>
internal sealed class ProcessGroup : IProgram
{
    // A process that has left the group may hold the output open for ever, and one that is being ended takes its moment.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly object gate = new();
    private readonly Process process;
    private readonly IProcessTree tree;
    private readonly string? record;
    private bool over;
    private DateTime? patientUntil;

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
    /// <exception cref="DeploymentFailure">It cannot be started.</exception>
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
        try
        {
            process = Process.Start(start)!;
            IProcessTree tree = windows ? new WindowsProcessTree(process) : new UnixProcessTree(process.Id);
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
            process?.Dispose();
            throw new DeploymentFailure($"A program could not be started: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public Task<bool> RunsAsync(CancellationToken cancellationToken) => Task.FromResult(!Ended.IsCompleted);

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan patience)
    {
        if (patience > TimeSpan.Zero)
        {
            Reach(() =>
            {
                patientUntil = DateTime.UtcNow + patience;
                tree.Ask();
            });
            await Task.WhenAny(Ended, Task.Delay(patience)).ConfigureAwait(false);
        }

        // In the first moment of a process there is no group to be reached yet.
        do
            Reach(() => tree.Kill());
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

    // A group's id is another's some time after the group is gone.
    private void Reach(Action action)
    {
        lock (gate)
        {
            if (!over)
                action();
        }
    }

    private async Task<int> RunAsync(Action<string> output)
    {
        var reading = Task.WhenAll(OutputReader.ReadAsync(process.StandardOutput.BaseStream, output), OutputReader.ReadAsync(process.StandardError.BaseStream, output));
        await process.WaitForExitAsync().ConfigureAwait(false);
        var exitCode = process.ExitCode;
        await LeaveTimeAsync().ConfigureAwait(false);
        lock (gate)
        {
            tree.Kill();
            over = true;
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

    // A shell that started the program may end at once when it is asked, and the program take its time.
    private async Task LeaveTimeAsync()
    {
        DateTime? until;
        lock (gate)
            until = patientUntil;
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
