using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The client program of Docker or Podman. The commands used here are the same for both.</summary>
internal sealed class ContainerProgram
{
    private static readonly string[] Names = ["docker", "podman"];

    // For short commands, so that an engine that hangs does not block the stop of the endpoint.
    private static readonly TimeSpan EngineTimeout = TimeSpan.FromSeconds(20);

    private readonly WorkFolder work;

    private ContainerProgram(string path, WorkFolder work)
    {
        Path = path;
        this.work = work;
    }

    /// <summary>The arguments of a command that succeeds if the engine responds, and otherwise prints only the reason.</summary>
    public static string[] ProbeArguments => ["ps", "--quiet", "--last", "1"];

    /// <summary>The full path of the program.</summary>
    public string Path { get; }

    /// <summary>Finds the first program whose engine responds.</summary>
    /// <param name="programs">Finds programs.</param>
    /// <param name="work">The work folder of the endpoint.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <exception cref="DeploymentException">No engine responds.</exception>
    public static async Task<ContainerProgram> FindAsync(ProgramFinder programs, WorkFolder work, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var name in Names)
        {
            if (programs.Find(name) is not { } file)
            {
                reasons.Add($"{name} is not on the PATH");
                continue;
            }

            var program = new ContainerProgram(file, work);
            var result = await program.RunAsync(ProbeArguments, cancellationToken).ConfigureAwait(false);
            if (result.Succeeded)
                return program;
            reasons.Add($"{name} does not respond: {result.Reason}");
        }

        throw new DeploymentException($"Docker or Podman is required to run an image, and neither responds ({string.Join("; ", reasons)}).");
    }

    /// <summary>The command that runs a container.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="variables">The variables that the program passes to the container.</param>
    public Command Command(IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> variables) =>
        new Command.Program(Path, arguments, work.Services, SessionEnvironment.With(SessionEnvironment.All.Where(variable => ContainerVariables.ConfiguresEngine(variable.Key)).Concat(variables)));

    /// <summary>Runs the program and waits for its exit. It gets all environment variables of the session, which may contain registry credentials and proxies.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <exception cref="DeploymentException">The program cannot be started.</exception>
    public Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => ProgramResult.RunAsync(new Command.Program(Path, arguments, work.Services, SessionEnvironment.All), work.Processes, cancellationToken);

    /// <summary>Starts a command of the program.</summary>
    /// <exception cref="DeploymentException">The program cannot be started.</exception>
    public ProcessGroup Start(Command command, Action<string> output) => ProcessGroup.Start(command, work.Processes, output);

    /// <summary>Queries the limits that the engine can enforce.</summary>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <exception cref="DeploymentException">The program cannot be started.</exception>
    public async Task<EngineLimits> LimitsAsync(CancellationToken cancellationToken)
    {
        foreach (var format in EngineLimits.InfoFormats(Path))
        {
            var result = await RunAsync(["info", "--format", format], cancellationToken).ConfigureAwait(false);
            if (result.Succeeded && result.Lines.Select(EngineLimits.Read).FirstOrDefault(limits => limits is not null) is { } found)
                return found;
        }

        return EngineLimits.Unknown;
    }

    /// <summary>Whether a container exists and runs.</summary>
    /// <param name="name">The container.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <exception cref="DeploymentException">The program cannot be started.</exception>
    public async Task<bool> RunsAsync(string name, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["container", "inspect", "--format", "{{.State.Running}}", name], cancellationToken).ConfigureAwait(false);
        return result.Succeeded && result.Lines.Contains("true");
    }

    /// <summary>Asks a container to exit, and kills it after a timeout. The engine does both, because it knows the stop signal of the image.</summary>
    /// <param name="name">The container.</param>
    /// <param name="timeout">The time between both.</param>
    /// <returns>False if the container does not exist.</returns>
    public async Task<bool> StopAsync(string name, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout + EngineTimeout);
        try
        {
            var seconds = ((int)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return (await RunAsync(["stop", "-t", seconds, name], limit.Token).ConfigureAwait(false)).Succeeded;
        }
        catch (Exception e) when (e is DeploymentException or OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>The arguments to remove containers, also running ones, with their anonymous volumes.</summary>
    public static string[] RemoveArguments(IEnumerable<string> names) => ["rm", "--force", "--volumes", .. names];

    /// <summary>Removes a container if it exists, also a running one. Never throws.</summary>
    /// <param name="name">The container.</param>
    public async Task RemoveAsync(string name)
    {
        using var limit = new CancellationTokenSource(EngineTimeout);
        try
        {
            await RunAsync(RemoveArguments([name]), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeploymentException or OperationCanceledException)
        {
            // The program is missing, or the engine does not respond. The next endpoint retries by the record.
            return;
        }

        FolderRemoval.TryDelete(work.ContainerRecord(name));
    }

    /// <summary>Records a running container, so that a later endpoint can remove it if this one is killed.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="DeploymentException">The record cannot be written.</exception>
    public void Record(string name)
    {
        try
        {
            File.WriteAllText(work.ContainerRecord(name), Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"The work folder cannot be written to: {FailureText.Sentence(e.Message)}");
        }
    }
}

/// <summary>The limits that an engine can enforce. An engine does not run a container with a limit that it cannot enforce.</summary>
/// <param name="Processors">The number of processors of the engine, which may be less than that of the computer.</param>
/// <param name="Cpu">Whether it can limit processors. Rootless Podman can on some systems only.</param>
/// <param name="Memory">Whether it can limit memory.</param>
internal sealed record EngineLimits(int Processors, bool Cpu, bool Memory)
{
    private const string DockerFormat = "{{.NCPU}} {{.CPUCfsQuota}} {{.MemoryLimit}}";
    private const string PodmanFormat = "{{.Host.CPUs}} {{.Host.CgroupControllers}}";

    /// <summary>The formats of <c>info</c> to try, the likely one first. A program with the name docker may be Podman.</summary>
    /// <param name="program">The program.</param>
    public static string[] InfoFormats(string program) =>
        Path.GetFileNameWithoutExtension(program) == "podman" ? [PodmanFormat, DockerFormat] : [DockerFormat, PodmanFormat];

    /// <summary>The limits of an engine that does not report them.</summary>
    public static EngineLimits Unknown => new(Environment.ProcessorCount, true, true);

    /// <summary>Parses a line of the output; null if it has another format.</summary>
    public static EngineLimits? Read(string line)
    {
        if (Regex.Match(line, @"^(\d{1,6}) (true|false) (true|false)$") is { Success: true } docker)
            return new EngineLimits(Number(docker), docker.Groups[2].Value == "true", docker.Groups[3].Value == "true");
        if (Regex.Match(line, @"^(\d{1,6}) \[(.*)\]$") is not { Success: true } podman)
            return null;
        var controllers = podman.Groups[2].Value.Split(' ');
        return new EngineLimits(Number(podman), Array.IndexOf(controllers, "cpu") >= 0, Array.IndexOf(controllers, "memory") >= 0);
    }

    private static int Number(Match match) => Math.Max(1, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
}
