using System;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Processes;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>One version of a service, ready to be started any number of times.</summary>
internal abstract class Release : IAsyncDisposable
{
    /// <summary>Says where its program should listen.</summary>
    /// <param name="port">The port on 127.0.0.1 that an instance is reached at.</param>
    public abstract string PortAdvice(int port);

    /// <summary>Whether connections are accepted for the program before it listens itself.</summary>
    public virtual bool IsProxied => false;

    /// <summary>Starts an instance.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="port">The port on 127.0.0.1 that it is reached at.</param>
    /// <param name="output">Takes each line that it writes.</param>
    /// <exception cref="DeploymentFailure">It cannot be started.</exception>
    public abstract IProgram Start(string instanceId, int port, Action<string> output);

    /// <summary>Deletes what it takes of the disk. None of its instances runs any more.</summary>
    public abstract ValueTask DisposeAsync();
}
