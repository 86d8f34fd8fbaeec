using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Checks out a branch and builds it.</summary>
/// <param name="work">The work folder of the endpoint.</param>
/// <param name="git">The git program.</param>
/// <param name="secrets">The values of secrets and parameters.</param>
internal sealed class CodeBuilder(WorkFolder work, GitProgram git, SecretValues secrets)
{
    /// <summary>Checks out the newest commit of the branch and builds it.</summary>
    /// <param name="source">The repository and its branch.</param>
    /// <param name="folder">The folder of the service, whose parent exists.</param>
    /// <param name="onCommit">Called with the commit before the build.</param>
    /// <param name="log">The log of the operation.</param>
    /// <param name="cancellationToken">Cancels the build and deletes its files.</param>
    /// <exception cref="DeploymentException">The build failed.</exception>
    public async Task<CodeRelease> BuildAsync(CodeSource source, string folder, Action<string> onCommit, DeploymentLog log, CancellationToken cancellationToken)
    {
        var location = RepositoryLocation.Parse(source.RepositoryUrl);
        var reference = BranchName.Reference(source.Branch);
        var root = MakeFolder(folder);
        try
        {
            log.Info("Starting to pull your application source code.");
            var commit = await git.CheckOutAsync(location, reference, root, cancellationToken).ConfigureAwait(false);
            onCommit(commit);
            log.Info($"Successfully pulled your application source code. Repository: {location.DisplayAddress}, branch {source.Branch}, commit {commit}.");
            var directory = SourceDirectory.Find(root, source.Directory);
            var recipe = RecipeReader.Read(source.Settings, root, directory, log);
            var secretVariables = secrets.Resolve(recipe.RunSecrets);
            if (recipe.BuildCommands.Count > 0)
            {
                log.Info("Starting source code build.");
                for (var i = 0; i < recipe.BuildCommands.Count; i++)
                {
                    // Do not log the command: it may contain secrets.
                    log.Verbose($"Running build command {i + 1} of {recipe.BuildCommands.Count}.");
                    await RunAsync(recipe.BuildCommands[i], directory, recipe.BuildVariables, log, cancellationToken).ConfigureAwait(false);
                }

                log.Info("Successfully built your application source code.");
            }

            return new CodeRelease(commit, root, directory, recipe, secretVariables, work.Processes);
        }
        catch
        {
            FolderRemoval.TryDelete(root);
            throw;
        }
    }

    // The work folder may have been deleted, or the disk may be full.
    private static string MakeFolder(string folder)
    {
        try
        {
            if (!Directory.Exists(Path.GetDirectoryName(folder)))
                throw new DirectoryNotFoundException($"The folder {Path.GetDirectoryName(folder)} no longer exists.");
            if (!Directory.Exists(folder))
                RestrictedDirectory.Make(folder);
            return RestrictedDirectory.Make(Path.Combine(folder, Guid.NewGuid().ToString("N")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"The work folder cannot be written to: {FailureText.Sentence(e.Message)}");
        }
    }

    private async Task RunAsync(string command, string folder, IReadOnlyDictionary<string, string> variables, DeploymentLog log, CancellationToken cancellationToken)
    {
        var process = ProcessGroup.Start(new Command.Shell(command, folder, SessionEnvironment.With(variables)), work.Processes, log.Build);
        var exitCode = await process.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
            throw new DeploymentException($"Failed to build your application source code. A build command ended with exit code {exitCode}. See the lines that begin with [Build].");
    }
}

/// <summary>A build of source code.</summary>
/// <param name="commit">The commit.</param>
/// <param name="root">The folder with all its files.</param>
/// <param name="folder">The folder in which the start command runs.</param>
/// <param name="recipe">The commands, variables and port.</param>
/// <param name="secrets">The variables whose values are secrets.</param>
/// <param name="processes">The folder for the records of running processes.</param>
internal sealed class CodeRelease(string commit, string root, string folder, CodeRecipe recipe, IReadOnlyDictionary<string, string> secrets, string processes) : Release
{
    /// <summary>The commit.</summary>
    public string Commit { get; } = commit;

    /// <inheritdoc/>
    public override int Port => recipe.Port;

    /// <inheritdoc/>
    public override string PortAdvice(int port) => string.Create(CultureInfo.InvariantCulture, $"The program must listen on the port in the environment variable PORT ({port} for this instance), not always on {recipe.Port}.");

    /// <inheritdoc/>
    public override IProgram Start(string instanceId, int port, Action<string> output)
    {
        var portText = port.ToString(CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> variables = [.. recipe.RunVariables, .. secrets, new("PORT", portText)];
        if (recipe.PortVariable is { Length: > 0 } name)
            variables.Add(new(name, portText));
        return ProcessGroup.Start(CommandLine.ToCommand(recipe.StartCommand, folder, SessionEnvironment.With(variables)), processes, output);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        FolderRemoval.TryDelete(root);
        return ValueTask.CompletedTask;
    }
}
