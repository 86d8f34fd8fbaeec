using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Processes;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>Docker or Podman, whose commands are the same as far as they are used here.</summary>
internal sealed class ContainerProgram
{
    private static readonly string[] Names = ["docker", "podman"];

    // For what takes a moment. An engine that hangs must not keep the endpoint from its end.
    private static readonly TimeSpan EngineLimit = TimeSpan.FromSeconds(20);

    private readonly WorkFolder work;

    private ContainerProgram(string path, WorkFolder work)
    {
        Path = path;
        this.work = work;
    }

    /// <summary>The arguments of a question that an engine answers. Where it does not, the program says why, and nothing of itself.</summary>
    public static string[] Question => ["ps", "--quiet", "--last", "1"];

    /// <summary>The program's whole path.</summary>
    public string Path { get; }

    /// <summary>The first program that answers.</summary>
    /// <param name="path">The folders to look in; null for the session's PATH.</param>
    /// <param name="work">The endpoint's folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">None answers.</exception>
    public static async Task<ContainerProgram> FindAsync(string? path, WorkFolder work, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var name in Names)
        {
            if (ProgramFinder.Find(name, path) is not { } file)
            {
                reasons.Add($"{name} is not on the PATH");
                continue;
            }

            var program = new ContainerProgram(file, work);
            var answer = await program.RunAsync(Question, cancellationToken).ConfigureAwait(false);
            if (answer.IsGood)
                return program;
            reasons.Add($"{name} does not answer: {answer.Reason}");
        }

        throw new DeploymentFailure($"An image can be run here only by Docker or Podman, and neither answers ({string.Join("; ", reasons)}).");
    }

    /// <summary>The command that runs a container.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="variables">Variables that the program is to pass on.</param>
    public Command Command(IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> variables) =>
        new Command.Program(Path, arguments, work.Services, SessionEnvironment.With(SessionEnvironment.Whole.Where(variable => ContainerVariables.IsOfEngine(variable.Key)).Concat(variables)));

    /// <summary>Runs the program to its end, as the user would: a registry's credentials and the way to it can be anywhere in the session's environment.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">It cannot be started.</exception>
    public Task<ProgramEnd> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => ProgramEnd.OfAsync(new Command.Program(Path, arguments, work.Services, SessionEnvironment.Whole), work.Processes, cancellationToken);

    /// <summary>Starts a command of the program.</summary>
    /// <exception cref="DeploymentFailure">It cannot be started.</exception>
    public ProcessGroup Start(Command command, Action<string> output) => ProcessGroup.Start(command, work.Processes, output);

    /// <summary>To what the engine can hold its containers.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">The program cannot be started.</exception>
    public async Task<EngineLimits> LimitsAsync(CancellationToken cancellationToken)
    {
        foreach (var question in EngineLimits.QuestionsFor(Path))
        {
            var answer = await RunAsync(["info", "--format", question], cancellationToken).ConfigureAwait(false);
            if (answer.IsGood && answer.Lines.Select(EngineLimits.Read).FirstOrDefault(limits => limits is not null) is { } found)
                return found;
        }

        return EngineLimits.Unknown;
    }

    /// <summary>Whether a container runs; one that is not there does not.</summary>
    /// <param name="name">The container.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">The program cannot be started.</exception>
    public async Task<bool> RunsAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["container", "inspect", "--format", "{{.State.Running}}", name], cancellationToken).ConfigureAwait(false);
        return answer.IsGood && answer.Lines.Contains("true");
    }

    /// <summary>Asks a container to end, and ends it where it does not. The engine does both: it knows the signal that the image names.</summary>
    /// <param name="name">The container.</param>
    /// <param name="patience">How long to wait in between.</param>
    /// <returns>False where it is not there.</returns>
    public async Task<bool> StopAsync(string name, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience + EngineLimit);
        try
        {
            var seconds = ((int)Math.Ceiling(patience.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return (await RunAsync(["stop", "-t", seconds, name], limit.Token).ConfigureAwait(false)).IsGood;
        }
        catch (Exception e) when (e is DeploymentFailure or OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>The arguments that remove containers, whatever they do, with the volumes that were made for them.</summary>
    public static string[] Removal(IEnumerable<string> names) => ["rm", "--force", "--volumes", .. names];

    /// <summary>Removes a container, whatever it does; one that is not there counts as removed. Never fails.</summary>
    /// <param name="name">The container.</param>
    public async Task RemoveAsync(string name)
    {
        using var limit = new CancellationTokenSource(EngineLimit);
        try
        {
            await RunAsync(Removal([name]), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeploymentFailure or OperationCanceledException)
        {
            // The program is gone, or its engine is busy. The next endpoint tries again.
            return;
        }

        FolderRemoval.TryDelete(work.ContainerRecord(name));
    }

    /// <summary>Keeps which container runs, so that a later endpoint can remove it if this one cannot.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="DeploymentFailure">That cannot be kept.</exception>
    public void Record(string name)
    {
        try
        {
            File.WriteAllText(work.ContainerRecord(name), Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentFailure($"The work folder cannot be written to: {e.Message}");
        }
    }
}
