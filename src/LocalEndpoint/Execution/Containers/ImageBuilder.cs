using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Deployments;
using AppRunner.LocalEndpoint.Execution.Folders;
using AppRunner.LocalEndpoint.Execution.Secrets;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Containers;

/// <summary>From an image to a release.</summary>
/// <param name="work">The endpoint's folder.</param>
/// <param name="secrets">The secrets that services can refer to.</param>
/// <param name="path">The folders to look for Docker and Podman in; null for the session's PATH.</param>
internal sealed class ImageBuilder(WorkFolder work, SecretValues secrets, string? path)
{
    /// <summary>Pulls an image, or takes it as it is on this computer where it cannot be pulled.</summary>
    /// <param name="repository">The service's image.</param>
    /// <param name="instance">The size of an instance.</param>
    /// <param name="log">Where the operation is told about.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentFailure">It cannot be had.</exception>
    public async Task<Release> BuildAsync(ImageRepository repository, InstanceConfiguration instance, DeploymentLog log, CancellationToken cancellationToken)
    {
        var image = repository.ImageIdentifier!;
        var configuration = repository.ImageConfiguration!;
        var variables = new Dictionary<string, string>(configuration.RuntimeEnvironmentVariables ?? []);
        foreach (var (name, value) in secrets.Resolve(configuration.RuntimeEnvironmentSecrets))
            variables[name] = value;
        var program = await ContainerProgram.FindAsync(path, work, cancellationToken).ConfigureAwait(false);
        log.Say($"Pulling the image {image}.");
        var pulled = await program.RunAsync(["pull", "--quiet", image], cancellationToken).ConfigureAwait(false);
        var found = await program.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken).ConfigureAwait(false);
        if (!found.IsGood || found.Lines.LastOrDefault(line => line.Length > 0 && !line.Contains(' ', StringComparison.Ordinal)) is not { } id)
            throw new DeploymentFailure($"The image {image} could not be pulled: {pulled.Reason}");
        log.Say(pulled.IsGood
            ? $"Successfully pulled the image {image}."
            : $"The image could not be pulled ({pulled.Reason}). The one of this computer is used.");
        var limits = await program.LimitsAsync(cancellationToken).ConfigureAwait(false);
        if (!limits.Cpu || !limits.Memory)
            log.Detail($"The engine cannot limit {(limits.Cpu ? "memory" : limits.Memory ? "processors" : "processors and memory")} here: an instance can take more than it would have.");
        return new ImageRelease(
            program,
            limits,
            id,
            int.Parse(configuration.Port!, CultureInfo.InvariantCulture),
            variables,
            CommandWords.Split(configuration.StartCommand ?? string.Empty),
            instance);
    }
}
