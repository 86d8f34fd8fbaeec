using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A running container and the attached client process.</summary>
internal sealed class ContainerInstance : IProgram
{
    // For the attached client process to write the last lines.
    private static readonly TimeSpan LastOutputTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ContainerProgram program;
    private readonly string name;
    private readonly ProcessGroup attached;

    /// <summary>Starts the container.</summary>
    /// <param name="program">Docker or Podman.</param>
    /// <param name="name">The name of the container.</param>
    /// <param name="command">The run command, which stays attached.</param>
    /// <param name="output">Called with each line of output.</param>
    /// <exception cref="DeploymentException">The container cannot be started.</exception>
    public ContainerInstance(ContainerProgram program, string name, Command command, Action<string> output)
    {
        this.program = program;
        this.name = name;
        program.Record(name);
        attached = program.Start(command, output);
        Ended = EndAsync();
    }

    /// <inheritdoc/>
    public Task<int> Ended { get; }

    /// <inheritdoc/>
    public Task<bool> RunsAsync(CancellationToken cancellationToken) => program.RunsAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ProgramUsage? Usage() => null;

    /// <inheritdoc/>
    public async Task StopAsync(TimeSpan timeout)
    {
        // Retry: while the engine still creates the container, there is nothing to stop, and a removal would come too early.
        for (var waited = Stopwatch.StartNew(); !attached.Ended.IsCompleted && waited.Elapsed < timeout;)
        {
            var stopped = await program.StopAsync(name, timeout - waited.Elapsed).ConfigureAwait(false);
            await Task.WhenAny(attached.Ended, Task.Delay(stopped ? LastOutputTimeout : PollInterval)).ConfigureAwait(false);
            if (stopped)
                break;
        }

        await attached.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    private async Task<int> EndAsync()
    {
        var exitCode = await attached.Ended.ConfigureAwait(false);
        await program.RemoveAsync(name).ConfigureAwait(false);
        return exitCode;
    }
}
