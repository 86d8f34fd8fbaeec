using System;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>A program that runs, with all that it started.</summary>
internal interface IProgram
{
    /// <summary>Ends when all of it has ended and its output is read: the exit code. Never fails.</summary>
    Task<int> Ended { get; }

    /// <summary>Whether the program itself runs, and not only what starts it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">That cannot be found out.</exception>
    Task<bool> RunsAsync(CancellationToken cancellationToken);

    /// <summary>Asks it to end, and ends it where it does not.</summary>
    /// <param name="patience">How long to wait in between.</param>
    Task StopAsync(TimeSpan patience);
}
