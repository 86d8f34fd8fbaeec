using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Pulls images.</summary>
/// <param name="work">The endpoint's folder.</param>
/// <param name="secrets">The secrets that services can refer to.</param>
/// <param name="programs">Finds Docker and Podman.</param>
internal sealed class ImageBuilder(WorkFolder work, SecretValues secrets, ProgramFinder programs)
{
    /// <summary>Pulls an image, or takes it as it is on this computer where it cannot be pulled.</summary>
    /// <param name="source">The image, and how it is run.</param>
    /// <param name="size">What an instance may take.</param>
    /// <param name="log">The log of the operation.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">It cannot be had.</exception>
    public async Task<Release> BuildAsync(ImageSource source, InstanceLimits size, DeploymentLog log, CancellationToken cancellationToken)
    {
        var image = source.Image;
        var variables = new Dictionary<string, string>(source.Variables);
        foreach (var (name, value) in secrets.Resolve(source.Secrets))
            variables[name] = value;
        var program = await ContainerProgram.FindAsync(programs, work, cancellationToken).ConfigureAwait(false);
        log.Info($"Pulling the image {image}.");
        var pulled = await program.RunAsync(["pull", "--quiet", image], cancellationToken).ConfigureAwait(false);
        var found = await program.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded || found.Lines.LastOrDefault(line => line.Length > 0 && !line.Contains(' ', StringComparison.Ordinal)) is not { } id)
            throw new DeploymentException($"The image {image} could not be pulled: {pulled.Reason}");
        log.Info(pulled.Succeeded
            ? $"Successfully pulled the image {image}."
            : $"The image could not be pulled ({pulled.Reason}). The one of this computer is used.");
        var limits = await program.LimitsAsync(cancellationToken).ConfigureAwait(false);
        if (!limits.Cpu || !limits.Memory)
            log.Verbose($"The engine cannot limit {(limits.Cpu ? "memory" : limits.Memory ? "processors" : "processors and memory")} here: an instance can take more than it would have.");
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

/// <summary>An image that is on this computer.</summary>
/// <param name="program">What runs it.</param>
/// <param name="limits">Which limits it can enforce.</param>
/// <param name="imageId">The image by its content, whatever its name comes to mean.</param>
/// <param name="port">The port that the program in it listens on.</param>
/// <param name="variables">The variables that the program sees.</param>
/// <param name="startCommand">Replaces the image's own command; empty leaves that.</param>
/// <param name="size">What an instance may take.</param>
internal sealed class ImageRelease(ContainerProgram program, EngineLimits limits, string imageId, int port, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> startCommand, InstanceLimits size) : Release
{
    /// <inheritdoc/>
    public override string PortAdvice(int hostPort) => string.Create(CultureInfo.InvariantCulture, $"The program in the image must listen on port {port}, the service's Port, and on all addresses of its container: 127.0.0.1 is not reached from outside.");

    /// <inheritdoc/>
    public override bool IsProxied => true;

    /// <inheritdoc/>
    public override IProgram Start(string instanceId, int hostPort, Action<string> output)
    {
        var name = "apprunner-" + instanceId;
        List<string> arguments =
        [
            "run", "--rm", "--name", name,

            // A stop says how long it waits. Podman waits in a removal too, for ten seconds, though that is forced.
            "--stop-timeout", "0",
            "--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{hostPort}:{port}"),
        ];
        if (limits.Cpu)
            arguments.AddRange(["--cpus", Math.Min(size.CpuUnits / 1024m, limits.Processors).ToString(CultureInfo.InvariantCulture)]);
        if (limits.Memory)
            arguments.AddRange(["--memory", string.Create(CultureInfo.InvariantCulture, $"{size.MemoryMegabytes}m")]);

        // Values stand in the program's environment, because other users can read its arguments.
        var passedOn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (variable, value) in variables)
        {
            var free = ContainerVariables.IsFree(variable);
            arguments.AddRange(["--env", free ? variable : $"{variable}={value}"]);
            if (free)
                passedOn[variable] = value;
        }

        arguments.AddRange(["--env", string.Create(CultureInfo.InvariantCulture, $"PORT={port}"), imageId, .. startCommand]);
        return new ContainerInstance(program, name, program.Command(arguments, passedOn), output);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Splits a command into its arguments where no shell does it.</summary>
internal static class CommandLine
{
    /// <summary>Splits at white space that is not in quotes. A backslash takes the meaning from what follows, but not in single quotes.</summary>
    public static List<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var begun = false;
        var quote = '\0';
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                word.Append(command[++i]);
                begun = true;
            }
            else if (quote == '\0' && c is '"' or '\'' || c == quote)
            {
                quote = quote == '\0' ? c : '\0';
                begun = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        End();
        return words;

        void End()
        {
            if (begun)
                words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }
}
