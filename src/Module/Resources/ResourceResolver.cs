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
    /// <param name="region">The value of -Region; the region of an ARN takes precedence. Default: the region of the identity.</param>
    /// <returns>The ARN and the connection. A name without a revision means the latest revision.</returns>
    public async Task<ResolvedResource> ResolveAsync(ResourceIdentity identity, ResourceKind kind, string? region)
    {
        if (identity.Problem is { } problem)
            throw new InvalidParameterException(problem);
        if (Arn.TryParse(identity.Arn, out var arn))
            return Resolved(arn, await connect(arn.Region).ConfigureAwait(false));

        var connection = await connect(region ?? identity.Region).ConfigureAwait(false);
        var (found, known) = await FindAsync(identity.Name!, kind, connection).ConfigureAwait(false);
        if (found is not null)
            return Resolved(found, connection);
        var message = NotFound(identity.Name!, kind, connection.Region, known);
        throw kind == ResourceKind.Service ? ResourceNotFoundException.ForService(message) : new ResourceNotFoundException(message);
    }

    /// <summary>Looks a name up.</summary>
    /// <param name="name">The name; with a revision, or without one for the latest.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="connection">The connection to the region.</param>
    /// <returns>The ARN, null if there is none; and all names.</returns>
    public async Task<(Arn? Found, IReadOnlyCollection<string> Names)> FindAsync(string name, ResourceKind kind, IAppRunnerConnection connection)
    {
        Task<Dictionary<string, Arn>> list;
        lock (lists)
        {
            if (!lists.TryGetValue((kind, connection), out list!) || list.IsFaulted || list.IsCanceled)
                lists[(kind, connection)] = list = ListAsync(kind, connection);
        }

        var arns = await list.ConfigureAwait(false);
        return (arns.TryGetValue(name, out var found) ? found : null, arns.Keys);
    }

    /// <summary>The message for a name that does not exist.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="region">The region.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>The message, with the nearest name.</returns>
    public static string NotFound(string name, ResourceKind kind, string region, IEnumerable<string> known)
    {
        var message = $"There is no {kind.DisplayName} named \"{name}\" in {region}.";

        // A name of App Runner cannot contain these characters, so a pattern was meant.
        if (name.IndexOfAny(['*', '?', '[']) >= 0)
            return $"{message} This parameter takes exact names. To use a pattern, pipe: Get-AR{kind.Noun} {Quoted(name)} | ...";
        var suggestion = Suggestions.Nearest(name, known.OrderBy(key => key, StringComparer.Ordinal));
        return message + (name.Equals(suggestion, StringComparison.OrdinalIgnoreCase) ? " Names are case-sensitive." : string.Empty) + Suggestions.Question(suggestion);
    }

    private static string Quoted(string pattern) => pattern.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '*' or '?') ? pattern : "'" + pattern.Replace("'", "''") + "'";

    private static ResolvedResource Resolved(Arn arn, IAppRunnerConnection connection) => new(arn.Text, Named(arn), connection);

    private static string Named(Arn arn) => ResourceKind.Of(arn)?.HasRevisions == true && arn.Revision is { } revision ? arn.Name + "/" + revision.ToString(CultureInfo.InvariantCulture) : arn.Name;

    private async Task<Dictionary<string, Arn>> ListAsync(ResourceKind kind, IAppRunnerConnection connection)
    {
        var arns = new Dictionary<string, Arn>(StringComparer.Ordinal);
        var active = new HashSet<string>(StringComparer.Ordinal);
        await kind.ListAsync(
            connection,
            resource =>
            {
                if (!Arn.TryParse(resource.ResourceArn, out var arn))
                    return;

                // Deleted resources may still be listed: an active one of the same name takes precedence, then the latest revision.
                var isActive = ResourceKind.IsActive(resource);
                if (!arns.TryGetValue(arn.Name, out var known) || (isActive && (!active.Contains(arn.Name) || (known.Revision ?? 0) <= (arn.Revision ?? 0))))
                    arns[arn.Name] = arn;
                if (kind.HasRevisions)
                    arns[Named(arn)] = arn;
                if (isActive)
                    active.Add(arn.Name);
            },
            stopped).ConfigureAwait(false);
        return arns;
    }
}
