using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Polls a service's branch for new commits.</summary>
/// <param name="git">The git program.</param>
/// <param name="settings">The intervals.</param>
/// <param name="log">The log of the service.</param>
/// <param name="clock">The clock.</param>
internal sealed class BranchPoller(GitProgram git, ExecutionSettings settings, IServiceLog log, IClock clock)
{
    private DateTime lastPoll;
    private string? lastError;

    /// <summary>Polls until it is cancelled. Never throws.</summary>
    /// <param name="source">Returns the source to poll; null if there is nothing to poll now.</param>
    /// <param name="onCommit">Called with the current commit of the branch.</param>
    /// <param name="cancellationToken">Stops polling.</param>
    public async Task RunAsync(Func<CodeSource?> source, Action<string> onCommit, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await clock.Delay(settings.LocalPoll, cancellationToken).ConfigureAwait(false);
                if (source() is { } repository && await PollAsync(repository, cancellationToken).ConfigureAwait(false) is { } commit)
                    onCommit(commit);
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
            // Log a repeated error once, not at every poll.
            if (lastError != e.Message)
                log.Event("[AppRunner] Automatic deployments: " + e.Message);
            lastError = e.Message;
            return null;
        }
    }
}
