using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Polls a service's branch for new commits.</summary>
/// <param name="git">The git program.</param>
/// <param name="settings">How often it polls.</param>
/// <param name="log">The service's log.</param>
/// <param name="clock">The time.</param>
internal sealed class BranchWatch(GitProgram git, ExecutionSettings settings, IServiceLog log, IClock clock)
{
    private DateTime lastPoll;
    private string? lastError;

    /// <summary>Polls until it is cancelled. Never fails.</summary>
    /// <param name="source">Gives what to poll; null where nothing is to be polled now.</param>
    /// <param name="found">Called with the commit that the branch is at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<CodeSource?> source, Action<string> found, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await clock.Delay(settings.LocalPoll, cancellationToken).ConfigureAwait(false);
                if (source() is { } repository && await PollAsync(repository, cancellationToken).ConfigureAwait(false) is { } commit)
                    found(commit);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service is deleted, or the endpoint stops.
        }
    }

    private async Task<string?> PollAsync(CodeSource repository, CancellationToken cancellationToken)
    {
        try
        {
            var location = RepositoryLocation.Parse(repository.RepositoryUrl);
            if (!location.IsLocal && clock.UtcNow - lastPoll < settings.RemotePoll)
                return null;
            lastPoll = clock.UtcNow;
            var commit = await git.FindCommitAsync(location, BranchName.Reference(repository.Branch), cancellationToken).ConfigureAwait(false);
            lastError = null;
            return commit;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Logged once, not at every poll.
            if (lastError != e.Message)
                log.Event("[AppRunner] Automatic deployments: " + e.Message);
            lastError = e.Message;
            return null;
        }
    }
}
