using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Model.Rules;

namespace AppRunner.Resources;

/// <summary>Finds resources by name. The list of a region is read once per cmdlet call, for all names.</summary>
/// <param name="connect">Gets the connection for a region; null for the default region.</param>
/// <param name="stopped">Cancelled by Ctrl+C.</param>
internal sealed class ResourceResolver(Func<string?, Task<IAppRunnerConnection>> connect, CancellationToken stopped)
{
    private readonly Dictionary<(ResourceKind Kind, IAppRunnerConnection Connection), Task<Dictionary<string, Arn>>> lists = [];

    /// <summary>Finds a resource.</summary>
    /// <param name="identity">The given identity.</param>
    /// <param name="kind">The kind of resource that a name means.</param>
    /// <param name="region">The value of -Region; the region of an ARN takes precedence.</param>
    /// <returns>The ARN and the connection. A name without a revision means the latest revision.</returns>
    public async Task<ResolvedResource> ResolveAsync(ResourceIdentity identity, ResourceKind kind, string? region)
    {
        if (identity.Problem is { } problem)
            throw new InvalidParameterException(problem);
        if (Arn.TryParse(identity.Arn, out var arn))
            return Resolved(arn, await connect(arn.Region).ConfigureAwait(false));

        var name = identity.Name!;
        var connection = await connect(region).ConfigureAwait(false);
        Task<Dictionary<string, Arn>> list;
        lock (lists)
        {
            if (!lists.TryGetValue((kind, connection), out list!) || list.IsFaulted || list.IsCanceled)
                lists[(kind, connection)] = list = ListAsync(kind, connection);
        }

        var arns = await list.ConfigureAwait(false);
        if (arns.TryGetValue(name, out var found))
            return Resolved(found, connection);
        var suggestion = Suggestions.Nearest(name, arns.Keys.OrderBy(key => key, StringComparer.Ordinal));
        var message = $"There is no {kind.DisplayName} named \"{name}\" in {connection.Region}.{Suggestions.Question(suggestion)}";
        throw kind == ResourceKind.Service ? ResourceNotFoundException.ForService(message) : new ResourceNotFoundException(message);
    }

    private static ResolvedResource Resolved(Arn arn, IAppRunnerConnection connection) => new(arn.Text, Named(arn), connection);

    private static string Named(Arn arn) => ResourceKind.Of(arn)?.HasRevisions == true && arn.Revision is { } revision ? arn.Name + "/" + revision.ToString(CultureInfo.InvariantCulture) : arn.Name;

    private async Task<Dictionary<string, Arn>> ListAsync(ResourceKind kind, IAppRunnerConnection connection)
    {
        var arns = new Dictionary<string, Arn>(StringComparer.Ordinal);
        await kind.ListAsync(
            connection,
            resource =>
            {
                if (!Arn.TryParse(resource.ResourceArn, out var arn))
                    return;

                // A deleted service may still be listed: a new service of the same name takes precedence.
                if (!arns.TryGetValue(arn.Name, out var known) || (resource is not ServiceSummary { Status: ServiceStatus.Deleted } && (known.Revision ?? 0) <= (arn.Revision ?? 0)))
                    arns[arn.Name] = arn;
                if (kind.HasRevisions)
                    arns[Named(arn)] = arn;
            },
            stopped).ConfigureAwait(false);
        return arns;
    }
}
