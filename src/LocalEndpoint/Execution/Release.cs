using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>One version of a service, from which instances can be started.</summary>
internal abstract class Release : IAsyncDisposable
{
    /// <summary>The configured port of the service.</summary>
    public abstract int Port { get; }

    /// <summary>Tells on which port the program must listen.</summary>
    /// <param name="port">The port of an instance on 127.0.0.1.</param>
    public abstract string PortAdvice(int port);

    /// <summary>Whether a proxy accepts connections before the program listens.</summary>
    public virtual bool IsProxied => false;

    /// <summary>Starts an instance.</summary>
    /// <param name="instanceId">The id of the instance.</param>
    /// <param name="port">The port of the instance on 127.0.0.1.</param>
    /// <param name="output">Called with each line of output.</param>
    /// <exception cref="DeploymentException">The instance cannot be started.</exception>
    public abstract IProgram Start(string instanceId, int port, Action<string> output);

    /// <summary>Deletes its files. All its instances must have ended.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A running program with its child processes.</summary>
internal interface IProgram
{
    /// <summary>Completes with the exit code when all processes have ended and the output is read. Never throws.</summary>
    Task<int> Ended { get; }

    /// <summary>Whether the program itself runs, not only the process that starts it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">The status cannot be queried.</exception>
    Task<bool> RunsAsync(CancellationToken cancellationToken);

    /// <summary>What the processes use; null if it is not known.</summary>
    ProgramUsage? Usage();

    /// <summary>Asks the program to exit, and kills it after a timeout.</summary>
    /// <param name="timeout">The time between both.</param>
    Task StopAsync(TimeSpan timeout);
}

/// <summary>What the processes of a program use.</summary>
/// <param name="Cpu">The CPU time since the start.</param>
/// <param name="Memory">Bytes of memory now.</param>
internal readonly record struct ProgramUsage(TimeSpan Cpu, long Memory)
{
    /// <summary>What processes use, as .NET tells it on every system. Closes them.</summary>
    /// <param name="processes">The processes; one that has ended meanwhile counts nothing.</param>
    public static ProgramUsage Of(IEnumerable<Process> processes)
    {
        var usage = new ProgramUsage(TimeSpan.Zero, 0);
        foreach (var process in processes)
        {
            using (process)
            {
                try
                {
                    usage = new ProgramUsage(usage.Cpu + process.TotalProcessorTime, usage.Memory + process.WorkingSet64);
                }
                catch (Exception e) when (e is Win32Exception or InvalidOperationException)
                {
                    // The process has ended.
                }
            }
        }

        return usage;
    }
}

/// <summary>Builds releases of code and images.</summary>
/// <param name="code">Builds source code.</param>
/// <param name="image">Pulls images.</param>
internal sealed class ReleaseBuilder(CodeBuilder code, ImageBuilder image)
{
    /// <summary>Builds the newest version of the source.</summary>
    /// <param name="workload">What to run.</param>
    /// <param name="folder">The folder of the service.</param>
    /// <param name="onCommit">Called with the commit before the build.</param>
    /// <param name="log">The log of the operation.</param>
    /// <param name="cancellationToken">Cancels the build and deletes its files.</param>
    /// <exception cref="DeploymentException">The build failed.</exception>
    public async Task<Release> BuildAsync(Workload workload, string folder, Action<string> onCommit, DeploymentLog log, CancellationToken cancellationToken) =>
        workload.Source switch
        {
            CodeSource source => await code.BuildAsync(source, folder, onCommit, log, cancellationToken).ConfigureAwait(false),
            ImageSource source => await image.BuildAsync(source, workload.Size, log, cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(workload)),
        };
}
