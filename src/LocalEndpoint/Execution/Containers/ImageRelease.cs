using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.Execution.Processes;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>An image that is on this computer.</summary>
/// <param name="program">What runs it.</param>
/// <param name="limits">To what it can hold a container.</param>
/// <param name="imageId">The image by its content, whatever its name comes to mean.</param>
/// <param name="port">The port that the program in it listens on.</param>
/// <param name="variables">The variables that the program sees.</param>
/// <param name="startCommand">The words that replace the image's own command; none leave that.</param>
/// <param name="size">What an instance may take.</param>
internal sealed class ImageRelease(ContainerProgram program, EngineLimits limits, string imageId, int port, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> startCommand, InstanceConfiguration size) : Release
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
            arguments.AddRange(["--cpus", Math.Min(int.Parse(size.Cpu!, CultureInfo.InvariantCulture) / 1024m, limits.Processors).ToString(CultureInfo.InvariantCulture)]);
        if (limits.Memory)
            arguments.AddRange(["--memory", size.Memory + "m"]);

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
