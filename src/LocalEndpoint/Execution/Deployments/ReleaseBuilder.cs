using System;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.LocalEndpoint.Execution.Containers;
using AppRunner.LocalEndpoint.Services;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>From what a service deploys to a release.</summary>
/// <param name="code">For services of source code.</param>
/// <param name="image">For services of images.</param>
internal sealed class ReleaseBuilder(CodeBuilder code, ImageBuilder image)
{
    /// <summary>Takes the newest version of the source and makes it ready to be started.</summary>
    /// <param name="configuration">What the service shall run.</param>
    /// <param name="folder">The service's folder.</param>
    /// <param name="found">Told the commit that is taken, before it is built.</param>
    /// <param name="log">Where the operation is told about.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <exception cref="DeploymentFailure">It cannot be made ready.</exception>
    public async Task<Release> BuildAsync(ServiceConfiguration configuration, string folder, Action<string> found, DeploymentLog log, CancellationToken cancellationToken) =>
        configuration.Source.CodeRepository is { } repository
            ? await code.BuildAsync(repository, folder, found, log, cancellationToken).ConfigureAwait(false)
            : await image.BuildAsync(configuration.Source.ImageRepository!, configuration.Instance, log, cancellationToken).ConfigureAwait(false);
}
