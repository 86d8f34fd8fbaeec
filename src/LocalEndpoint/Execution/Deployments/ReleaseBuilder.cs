using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution.Deployments;

/// <summary>From what a service deploys to a release.</summary>
/// <param name="code">For services of source code.</param>
internal sealed class ReleaseBuilder(CodeBuilder code)
{
    /// <summary>Takes the newest version of the source and makes it ready to be started.</summary>
    /// <param name="source">What the service deploys.</param>
    /// <param name="folder">The service's folder.</param>
    /// <param name="log">Where the operation is told about.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <exception cref="DeploymentFailure">It cannot be made ready.</exception>
    public async Task<Release> BuildAsync(SourceConfiguration source, string folder, DeploymentLog log, CancellationToken cancellationToken) =>
        source.CodeRepository is { } repository
            ? await code.BuildAsync(repository, folder, log, cancellationToken).ConfigureAwait(false)
            : throw new DeploymentFailure("Images cannot be run here.");
}
