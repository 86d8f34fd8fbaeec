using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>
/// The git program. A library would bring native code of its own for each system, and would know neither the user's credential helpers
/// nor the certificates that git is set up with.
/// </summary>
/// <param name="work">The endpoint's folder.</param>
internal sealed class GitProgram(WorkFolder work)
{
    // The user's settings hold, but no hook or filter of a repository is run, and git never prompts.
    private static readonly string[] Settings =
    [
        "-c", "core.hooksPath=" + (OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), "-c", "core.fsmonitor=false", "-c", "submodule.recurse=false",
        "-c", "credential.interactive=false", "-c", "core.askPass=", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "advice.detachedHead=false", "-c", "init.defaultBranch=main",

        // A server that stops sending must not block a deployment, or the polls for new commits, for ever.
        "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",
    ];

    /// <summary>The commit that a branch is at; null where the repository has no such branch.</summary>
    /// <param name="location">The repository.</param>
    /// <param name="reference">The branch's full name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">The repository cannot be read.</exception>
    public async Task<string?> FindCommitAsync(RepositoryLocation location, string reference, CancellationToken cancellationToken)
    {
        if (location.IsLocal && LocalReference.TryRead(location, reference) is { } commit)
            return commit;
        var result = await RunAsync(["ls-remote", "--quiet", "--refs", "--", location.Address, reference], work.Services, location.Protocol, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            throw Failed(location, $"The repository {location.Shown} cannot be read", result);
        return result.Lines.Select(line => line.Split('\t')).FirstOrDefault(words => words.Length == 2 && words[1] == reference)?[0];
    }

    /// <summary>Brings the newest commit of a branch into a folder: its files, without what was before.</summary>
    /// <param name="location">The repository.</param>
    /// <param name="reference">The branch's full name.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The commit.</returns>
    /// <exception cref="DeploymentException">The repository has no such branch, or cannot be read.</exception>
    public async Task<string> CheckOutAsync(RepositoryLocation location, string reference, string folder, CancellationToken cancellationToken)
    {
        if (await FindCommitAsync(location, reference, cancellationToken).ConfigureAwait(false) is null)
            throw new DeploymentException($"The repository {location.Shown} has no branch {reference["refs/heads/".Length..]}.");
        await MustAsync(["init", "--quiet", "--template="]).ConfigureAwait(false);
        await MustAsync(["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", location.Address, reference]).ConfigureAwait(false);
        await MustAsync(["checkout", "--quiet", "--detach", "FETCH_HEAD"]).ConfigureAwait(false);
        return LocalReference.ReadCommit(Path.Combine(folder, ".git", "HEAD")) ?? throw new DeploymentException("git did not tell the commit.");

        async Task MustAsync(string[] arguments)
        {
            var result = await RunAsync(arguments, folder, location.Protocol, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                throw Failed(location, $"The source code could not be taken from {location.Shown}", result);
        }
    }

    private Task<ProgramResult> RunAsync(string[] arguments, string folder, string protocol, CancellationToken cancellationToken)
    {
        var program = ProgramFinder.OfSession.Find("git") ?? throw new DeploymentException("The program git is needed to take source code from a repository, and it is not on the PATH.");
        var environment = SessionEnvironment.With(
        [
            new("GIT_ALLOW_PROTOCOL", protocol),
            new("GIT_TERMINAL_PROMPT", "0"),
            new("GCM_INTERACTIVE", "never"),
            new("GIT_ASKPASS", string.Empty),
            new("SSH_ASKPASS", string.Empty),

            // The work folder may lie in a repository, whose settings must not apply.
            new("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(work.Services)!),

            // Its messages are parsed, and shown among English ones.
            new("LC_ALL", "C.UTF-8"),
        ]);
        return ProgramResult.RunAsync(new Command.Program(program, [.. Settings, .. arguments], folder, environment), work.Processes, cancellationToken);
    }

    private static DeploymentException Failed(RepositoryLocation location, string what, ProgramResult result) => new($"{what}. git says: {result.Reason.Replace(location.Address, location.Shown, StringComparison.Ordinal)}");
}
