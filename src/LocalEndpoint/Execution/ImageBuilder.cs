using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Pulls images.</summary>
/// <param name="work">The work folder of the endpoint.</param>
/// <param name="secrets">The values of secrets and parameters.</param>
/// <param name="programs">Finds Docker and Podman.</param>
internal sealed class ImageBuilder(WorkFolder work, SecretValues secrets, ProgramFinder programs)
{
    /// <summary>Pulls an image, or uses the local image if it cannot be pulled.</summary>
    /// <param name="source">The image and its settings.</param>
    /// <param name="size">The limits of an instance.</param>
    /// <param name="log">The log of the operation.</param>
    /// <param name="cancellationToken">Cancels the pull.</param>
    /// <exception cref="DeploymentException">The image cannot be pulled and is not on this computer.</exception>
    public async Task<Release> BuildAsync(ImageSource source, InstanceLimits size, DeploymentLog log, CancellationToken cancellationToken)
    {
        var image = source.Image;
        var variables = new Dictionary<string, string>(source.Variables);
        foreach (var (name, value) in secrets.Resolve(source.Secrets))
            variables[name] = value;
        var program = await ContainerProgram.FindAsync(programs, work, cancellationToken).ConfigureAwait(false);
        log.Info($"Pulling image {image}.");
        var pulled = await program.RunAsync(["pull", "--quiet", image], cancellationToken).ConfigureAwait(false);
        var found = await program.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded || found.Lines.LastOrDefault(line => line.Length > 0 && !line.Contains(' ', StringComparison.Ordinal)) is not { } id)
            throw new DeploymentException($"The image {image} could not be pulled: {pulled.Reason}");
        log.Info(pulled.Succeeded
            ? "Successfully pulled your application image."
            : $"The image could not be pulled ({pulled.Reason}). Using the local image.");
        var limits = await program.LimitsAsync(cancellationToken).ConfigureAwait(false);
        if (!limits.Cpu || !limits.Memory)
            log.Verbose($"The container engine cannot limit {(limits.Cpu ? "memory" : limits.Memory ? "CPU" : "CPU and memory")} on this computer: an instance can use more than its InstanceConfiguration allows.");
        return new ImageRelease(
            program,
            limits,
            id,
            source.Port,
            variables,
            CommandLine.Split(source.StartCommand ?? string.Empty),
            size);
    }
}

/// <summary>A local image.</summary>
/// <param name="program">Docker or Podman.</param>
/// <param name="limits">The limits that it can enforce.</param>
/// <param name="imageId">The image id, which stays the same when the tag moves.</param>
/// <param name="port">The port that the program in it listens on.</param>
/// <param name="variables">The environment variables of the program.</param>
/// <param name="startCommand">Replaces the command of the image; empty to keep it.</param>
/// <param name="size">The limits of an instance.</param>
internal sealed class ImageRelease(ContainerProgram program, EngineLimits limits, string imageId, int port, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> startCommand, InstanceLimits size) : Release
{
    /// <inheritdoc/>
    public override int Port { get; } = port;

    /// <inheritdoc/>
    public override string PortAdvice(int hostPort) => string.Create(CultureInfo.InvariantCulture, $"The program in the image must listen on port {Port}, the service's Port, and on all addresses of the container (0.0.0.0), not on 127.0.0.1.");

    /// <inheritdoc/>
    public override bool IsProxied => true;

    /// <inheritdoc/>
    public override IProgram Start(string instanceId, int hostPort, Action<string> output)
    {
        var name = "apprunner-" + instanceId;
        List<string> arguments =
        [
            "run", "--rm", "--name", name,

            // The timeout is passed to the stop command. Without this option Podman also waits 10 s in a forced removal.
            "--stop-timeout", "0",
            "--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{hostPort}:{Port}"),
        ];
        if (limits.Cpu)
            arguments.AddRange(["--cpus", Math.Min(size.CpuUnits / 1024m, limits.Processors).ToString(CultureInfo.InvariantCulture)]);
        if (limits.Memory)
            arguments.AddRange(["--memory", string.Create(CultureInfo.InvariantCulture, $"{size.MemoryMegabytes}m")]);

        // Pass values in the environment where possible, because other users can read the arguments.
        var passedOn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, value) in variables)
        {
            var passesThrough = ContainerVariables.CanPassThroughEngine(variable);
            arguments.AddRange(["--env", passesThrough ? variable : $"{variable}={value}"]);
            if (passesThrough)
                passedOn[variable] = value;
        }

        arguments.AddRange(["--env", string.Create(CultureInfo.InvariantCulture, $"PORT={Port}"), imageId, .. startCommand]);
        return new ContainerInstance(program, name, program.Command(arguments, passedOn), output);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
