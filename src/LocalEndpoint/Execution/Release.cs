using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>One version of a service, ready to be started any number of times.</summary>
internal abstract class Release : IAsyncDisposable
{
    /// <summary>Advice on where its program should listen.</summary>
    /// <param name="port">The port on 127.0.0.1 that an instance is reached at.</param>
    public abstract string PortAdvice(int port);

    /// <summary>Whether connections are accepted for the program before it listens itself.</summary>
    public virtual bool IsProxied => false;

    /// <summary>Starts an instance.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="port">The port on 127.0.0.1 that it is reached at.</param>
    /// <param name="output">Takes each line that it writes.</param>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
    public abstract IProgram Start(string instanceId, int port, Action<string> output);

    /// <summary>Deletes what it takes of the disk. None of its instances runs any more.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A program that runs, with all that it started.</summary>
internal interface IProgram
{
    /// <summary>Ends when all of it has ended and its output is read: the exit code. Never fails.</summary>
    Task<int> Ended { get; }

    /// <summary>Whether the program itself runs, and not only what starts it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">That cannot be found out.</exception>
    Task<bool> RunsAsync(CancellationToken cancellationToken);

    /// <summary>Asks it to exit, and kills it after a timeout.</summary>
    /// <param name="timeout">How long to wait in between.</param>
    Task StopAsync(TimeSpan timeout);
}

/// <summary>From what a service deploys to a release.</summary>
/// <param name="code">For services of source code.</param>
/// <param name="image">For services of images.</param>
internal sealed class ReleaseBuilder(CodeBuilder code, ImageBuilder image)
{
    /// <summary>Takes the newest version of the source and makes it ready to be started.</summary>
    /// <param name="workload">What the service shall run.</param>
    /// <param name="folder">The service's folder.</param>
    /// <param name="found">Called with the commit before it is built.</param>
    /// <param name="log">The log of the operation.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <exception cref="DeploymentException">It cannot be made ready.</exception>
    public async Task<Release> BuildAsync(Workload workload, string folder, Action<string> found, DeploymentLog log, CancellationToken cancellationToken) =>
        workload.Source switch
        {
            CodeSource source => await code.BuildAsync(source, folder, found, log, cancellationToken).ConfigureAwait(false),
            ImageSource source => await image.BuildAsync(source, workload.Size, log, cancellationToken).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(workload)),
        };
}
