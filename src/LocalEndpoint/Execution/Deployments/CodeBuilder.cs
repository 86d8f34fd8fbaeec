using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Processes;
using AppRunner.LocalEndpoint.Execution.Secrets;
using AppRunner.LocalEndpoint.Execution.Sources;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>From a repository to a release.</summary>
/// <param name="work">The endpoint's folder.</param>
/// <param name="git">The git program.</param>
/// <param name="secrets">The secrets that services can refer to.</param>
internal sealed class CodeBuilder(WorkFolder work, GitProgram git, SecretValues secrets)
{
    /// <summary>Takes the newest commit of the branch and builds it.</summary>
    /// <param name="repository">The service's code repository.</param>
    /// <param name="folder">The service's folder, in one that is there.</param>
    /// <param name="found">Told the commit before it is built.</param>
    /// <param name="log">Where the operation is told about.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <exception cref="DeploymentFailure">It cannot be built.</exception>
    public async Task<CodeRelease> BuildAsync(CodeRepository repository, string folder, Action<string> found, DeploymentLog log, CancellationToken cancellationToken)
    {
        var location = RepositoryLocation.Parse(repository.RepositoryUrl!);
        var reference = BranchName.Reference(repository.SourceCodeVersion!.Value);
        var root = MakeFolder(folder);
        try
        {
            log.Say("Starting to pull your application source code.");
            var commit = await git.CheckOutAsync(location, reference, root, cancellationToken).ConfigureAwait(false);
            found(commit);
            log.Say($"Successfully pulled your application source code: {location.Shown}, branch {repository.SourceCodeVersion.Value}, commit {commit}.");
            var source = SourceDirectory.Find(root, repository.SourceDirectory!);
            var recipe = RecipeReader.Read(repository.CodeConfiguration!, root, source, log);
            var secretVariables = secrets.Resolve(recipe.RunSecrets);
            if (recipe.BuildCommands.Count > 0)
            {
                log.Say("Starting source code build.");
                for (var i = 0; i < recipe.BuildCommands.Count; i++)
                {
                    // The commands themselves may hold secrets.
                    log.Detail($"Running build command {i + 1} of {recipe.BuildCommands.Count}.");
                    await RunAsync(recipe.BuildCommands[i], source, recipe.BuildVariables, log, cancellationToken).ConfigureAwait(false);
                }

                log.Say("Successfully built source code.");
            }

            return new CodeRelease(commit, root, source, recipe, secretVariables, work.Processes);
        }
        catch
        {
            FolderRemoval.TryDelete(root);
            throw;
        }
    }

    // Somebody may have deleted the work folder, or the disk is full.
    private static string MakeFolder(string folder)
    {
        try
        {
            if (!Directory.Exists(Path.GetDirectoryName(folder)))
                throw new DirectoryNotFoundException($"There is no folder {Path.GetDirectoryName(folder)} any more.");
            if (!Directory.Exists(folder))
                PrivateFolder.Make(folder);
            return PrivateFolder.Make(Path.Combine(folder, Guid.NewGuid().ToString("N")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentFailure($"The work folder cannot be written to: {e.Message}");
        }
    }

    private async Task RunAsync(string command, string folder, IReadOnlyDictionary<string, string> variables, DeploymentLog log, CancellationToken cancellationToken)
    {
        var process = ProcessGroup.Start(new Command.Shell(command, folder, SessionEnvironment.With(variables)), work.Processes, log.Build);
        var exitCode = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
            throw new DeploymentFailure($"Failed to build your application source code. A build command ended with exit code {exitCode}; the lines that begin with [Build] tell more.");
    }
}
