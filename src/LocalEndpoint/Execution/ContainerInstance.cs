using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>A running container, with the program that is attached to it.</summary>
internal sealed class ContainerInstance : IProgram
{
    // Until the attached program has passed the last lines on.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ContainerProgram program;
    private readonly string name;
    private readonly ProcessGroup attached;

    /// <summary>Starts it.</summary>
    /// <param name="program">What runs it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="command">The command that starts it and stays attached.</param>
    /// <param name="output">Takes each line that it writes.</param>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
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
    public async Task StopAsync(TimeSpan timeout)
    {
        // One that is being made is not there yet, and would be there after it was removed.
        for (var waited = Stopwatch.StartNew(); !attached.Ended.IsCompleted && waited.Elapsed < timeout;)
        {
            var stopped = await program.StopAsync(name, timeout - waited.Elapsed).ConfigureAwait(false);
            await Task.WhenAny(attached.Ended, Task.Delay(stopped ? LastMoment : PollInterval)).ConfigureAwait(false);
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
