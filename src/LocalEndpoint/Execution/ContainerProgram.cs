using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

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

    /// <summary>The arguments of a command that succeeds where the engine responds, and else prints only why it does not.</summary>
    public static string[] ProbeArguments => ["ps", "--quiet", "--last", "1"];

    /// <summary>The program's whole path.</summary>
    public string Path { get; }

    /// <summary>The first program whose engine responds.</summary>
    /// <param name="programs">Finds it.</param>
    /// <param name="work">The endpoint's folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
            reasons.Add($"{name} does not answer: {result.Reason}");
        }

        throw new DeploymentException($"An image can be run here only by Docker or Podman, and neither answers ({string.Join("; ", reasons)}).");
    }

    /// <summary>The command that runs a container.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="variables">Variables that the program is to pass on.</param>
    public Command Command(IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string>> variables) =>
        new Command.Program(Path, arguments, work.Services, SessionEnvironment.With(SessionEnvironment.Whole.Where(variable => ContainerVariables.IsOfEngine(variable.Key)).Concat(variables)));

    /// <summary>Runs the program to its end with the session's whole environment: it may hold a registry's credentials or the way to it.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
    public Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => ProgramResult.RunAsync(new Command.Program(Path, arguments, work.Services, SessionEnvironment.Whole), work.Processes, cancellationToken);

    /// <summary>Starts a command of the program.</summary>
    /// <exception cref="DeploymentException">It cannot be started.</exception>
    public ProcessGroup Start(Command command, Action<string> output) => ProcessGroup.Start(command, work.Processes, output);

    /// <summary>The limits that the engine can enforce.</summary>
    /// <param name="cancellationToken">Ends it.</param>
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

    /// <summary>Whether a container runs; one that is not there does not.</summary>
    /// <param name="name">The container.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">The program cannot be started.</exception>
    public async Task<bool> RunsAsync(string name, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["container", "inspect", "--format", "{{.State.Running}}", name], cancellationToken).ConfigureAwait(false);
        return result.Succeeded && result.Lines.Contains("true");
    }

    /// <summary>Asks a container to exit, and kills it after a timeout. The engine does both: it knows the signal that the image names.</summary>
    /// <param name="name">The container.</param>
    /// <param name="timeout">How long to wait in between.</param>
    /// <returns>False where it is not there.</returns>
    public async Task<bool> StopAsync(string name, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout + EngineLimit);
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

    /// <summary>The arguments that remove containers, whatever they do, with the volumes that were made for them.</summary>
    public static string[] RemoveArguments(IEnumerable<string> names) => ["rm", "--force", "--volumes", .. names];

    /// <summary>Removes a container, whatever it does; one that is not there counts as removed. Never fails.</summary>
    /// <param name="name">The container.</param>
    public async Task RemoveAsync(string name)
    {
        using var limit = new CancellationTokenSource(EngineLimit);
        try
        {
            await RunAsync(RemoveArguments([name]), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeploymentException or OperationCanceledException)
        {
            // The program is gone, or its engine is busy. The next endpoint tries again.
            return;
        }

        FolderRemoval.TryDelete(work.ContainerRecord(name));
    }

    /// <summary>Keeps which container runs, so that a later endpoint can remove it if this one cannot.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="DeploymentException">That cannot be kept.</exception>
    public void Record(string name)
    {
        try
        {
            File.WriteAllText(work.ContainerRecord(name), Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"The work folder cannot be written to: {e.Message}");
        }
    }
}

/// <summary>The limits that an engine can enforce on containers. It refuses to run a container with a limit that it cannot enforce.</summary>
/// <param name="Processors">The processors that it has: in a virtual machine they can be fewer than this computer's.</param>
/// <param name="Cpu">Whether it can limit processors. Podman without root can on some systems only.</param>
/// <param name="Memory">Whether it can limit memory.</param>
internal sealed record EngineLimits(int Processors, bool Cpu, bool Memory)
{
    private const string DockerFormat = "{{.NCPU}} {{.CPUCfsQuota}} {{.MemoryLimit}}";
    private const string PodmanFormat = "{{.Host.CPUs}} {{.Host.CgroupControllers}}";

    /// <summary>The formats of <c>info</c> to try, the likelier one first: Podman is slow with either. A program called docker can be Podman.</summary>
    /// <param name="program">The program.</param>
    public static string[] InfoFormats(string program) =>
        Path.GetFileNameWithoutExtension(program) == "podman" ? [PodmanFormat, DockerFormat] : [DockerFormat, PodmanFormat];

    /// <summary>The limits where an engine does not report them.</summary>
    public static EngineLimits Unknown => new(Environment.ProcessorCount, true, true);

    /// <summary>Reads a line of the output; null where it is of another form.</summary>
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
