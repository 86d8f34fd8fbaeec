using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// The git program. A library would need native code for each system, and would not use the credential helpers and certificates that the
/// user has configured for git.
/// </summary>
/// <param name="work">The work folder of the endpoint.</param>
internal sealed class GitProgram(WorkFolder work)
{
    // The user's configuration applies, but no hooks run, and git never prompts.
    private static readonly string[] Settings =
    [
        "-c", "core.hooksPath=" + (OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), "-c", "core.fsmonitor=false", "-c", "submodule.recurse=false",
        "-c", "credential.interactive=false", "-c", "core.askPass=", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false", "-c", "init.defaultBranch=main",

        // Abort a transfer that stalls, so that it does not block a deployment or the polling of the branch.
        "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",
    ];

    /// <summary>Finds the current commit of a branch; null if the branch does not exist.</summary>
    /// <param name="location">The repository.</param>
    /// <param name="reference">The full name of the branch.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <exception cref="DeploymentException">The repository cannot be read.</exception>
    public async Task<string?> FindCommitAsync(RepositoryLocation location, string reference, CancellationToken cancellationToken)
    {
        if (location.IsLocal && LocalReference.TryRead(location, reference) is { } commit)
            return commit;
        var result = await RunAsync(["ls-remote", "--quiet", "--refs", "--", location.Address, reference], work.Services, location.Protocol, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            throw Failed(location, $"The repository {location.DisplayAddress} cannot be read", result);
        return result.Lines.Select(line => line.Split('\t')).FirstOrDefault(fields => fields.Length == 2 && fields[1] == reference)?[0];
    }

    /// <summary>Checks out the newest commit of a branch, without its history.</summary>
    /// <param name="location">The repository.</param>
    /// <param name="reference">The full name of the branch.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <returns>The commit.</returns>
    /// <exception cref="DeploymentException">The branch does not exist, or the repository cannot be read.</exception>
    public async Task<string> CheckOutAsync(RepositoryLocation location, string reference, string folder, CancellationToken cancellationToken)
    {
        if (await FindCommitAsync(location, reference, cancellationToken).ConfigureAwait(false) is null)
            throw new DeploymentException($"The repository {location.DisplayAddress} has no branch \"{reference["refs/heads/".Length..]}\".");
        await MustAsync(["init", "--quiet", "--template="]).ConfigureAwait(false);
        await MustAsync(["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", location.Address, reference]).ConfigureAwait(false);
        await MustAsync(["checkout", "--quiet", "--detach", "FETCH_HEAD"]).ConfigureAwait(false);
        return LocalReference.ReadCommit(Path.Combine(folder, ".git", "HEAD")) ?? throw new DeploymentException("git did not report the commit.");

        async Task MustAsync(string[] arguments)
        {
            var result = await RunAsync(arguments, folder, location.Protocol, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                throw Failed(location, $"The source code could not be fetched from {location.DisplayAddress}", result);
        }
    }

    private Task<ProgramResult> RunAsync(string[] arguments, string folder, string protocol, CancellationToken cancellationToken)
    {
        var program = ProgramFinder.OfSession.Find("git") ?? throw new DeploymentException("git is required to fetch source code, and is not on the PATH.");
        var environment = SessionEnvironment.With(
        [
            new("GIT_ALLOW_PROTOCOL", protocol),
            new("GIT_TERMINAL_PROMPT", "0"),
            new("GCM_INTERACTIVE", "never"),
            new("GIT_ASKPASS", string.Empty),
            new("SSH_ASKPASS", string.Empty),

            // The work folder may be inside a repository, whose configuration must not apply.
            new("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(work.Services)!),

            // Its output is parsed, and its messages are shown in English.
            new("LC_ALL", "C.UTF-8"),
        ]);
        return ProgramResult.RunAsync(new Command.Program(program, [.. Settings, .. arguments], folder, environment), work.Processes, cancellationToken);
    }

    private static DeploymentException Failed(RepositoryLocation location, string what, ProgramResult result) => new($"{what}. git reported: {result.Reason.Replace(location.Address, location.DisplayAddress, StringComparison.Ordinal)}");
}
