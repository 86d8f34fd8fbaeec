using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Sources;
using AppRunner.LocalEndpoint.Logs;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>Looks for new commits of a service's branch.</summary>
/// <param name="git">The git program.</param>
/// <param name="times">How often it looks.</param>
/// <param name="log">The service's log.</param>
/// <param name="clock">The time.</param>
internal sealed class BranchWatch(GitProgram git, ExecutionSettings times, ServiceLog log, IClock clock)
{
    private DateTime lastLook;
    private string? trouble;

    /// <summary>Looks again and again until it is cancelled. Never fails.</summary>
    /// <param name="source">Gives the repository to look at; null where none is to be looked at now.</param>
    /// <param name="found">Told the commit that the branch is at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<CodeRepository?> source, Action<string> found, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await clock.Delay(times.LocalPoll, cancellationToken).ConfigureAwait(false);
                if (source() is { } repository && await LookAsync(repository, cancellationToken).ConfigureAwait(false) is { } commit)
                    found(commit);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service is deleted, or the endpoint stops.
        }
    }

    private async Task<string?> LookAsync(CodeRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            var location = RepositoryLocation.Parse(repository.RepositoryUrl!);
            if (!location.IsLocal && clock.UtcNow - lastLook < times.RemotePoll)
                return null;
            lastLook = clock.UtcNow;
            var commit = await git.FindCommitAsync(location, BranchName.Reference(repository.SourceCodeVersion!.Value), cancellationToken).ConfigureAwait(false);
            trouble = null;
            return commit;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Said once, not at every look.
            if (trouble != e.Message)
                log.Event("[AppRunner] Automatic deployments: " + e.Message);
            trouble = e.Message;
            return null;
        }
    }
}
