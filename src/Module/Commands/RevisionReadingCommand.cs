using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>The base of cmdlets that read resources with revisions. A name means all its active revisions, unless parameters select some.</summary>
/// <typeparam name="TListed">The type in a list.</typeparam>
public abstract class RevisionReadingCommand<TListed> : ReadingCommand<TListed>
    where TListed : class, IResource
{
    /// <summary>Only the latest revision of each name.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>Only these revisions; the first is 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[]? Revision { get; set; }

    /// <summary>Describes each listed configuration: one more call for each.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override bool IsDetailed => Detailed;

    /// <summary>Lists revisions, page by page.</summary>
    /// <param name="connection">The client to send with.</param>
    /// <param name="name">The name; null for all names.</param>
    /// <param name="take">Called with each page; returns false to stop.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    private protected abstract Task ReadPagesAsync(IAppRunnerConnection connection, string? name, Func<IEnumerable<TListed>?, Task<bool>> take);

    /// <inheritdoc/>
    private protected override Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<TListed>?, Task<bool>> take) => ReadPagesAsync(connection, null, take);

    /// <inheritdoc/>
    private protected override bool MatchesFilter(TListed resource) =>
        Revision is null || (Arn.TryParse(resource.ResourceArn, out var arn) && arn.Revision is { } revision && Revision.Contains(revision));

    /// <inheritdoc/>
    private protected override void ReadOne(ResourceIdentity identity, string? region)
    {
        if (identity.Problem is not null || identity.Name is not { } name || identity.Arn is not null || name.IndexOf('/') >= 0)
        {
            base.ReadOne(identity, region);
            return;
        }

        // One at a time, so that the output has the order of the input.
        Work.Await(async () =>
        {
            var connection = await Connections.ConnectAsync(region).ConfigureAwait(false);
            var known = false;
            var found = false;
            await ReadPagesAsync(
                connection,
                name,
                async page =>
                {
                    var revisions = (page ?? []).ToArray();
                    known |= revisions.Length > 0;
                    var chosen = revisions.Where(MatchesFilter).ToArray();
                    found |= chosen.Length > 0;
                    await WriteInOrderAsync(chosen, one => ReadAsync(async () => await DescribeAsync(connection, one.ResourceArn!).ConfigureAwait(false))).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);

            // The resolver throws an error with the most similar name.
            if (!known)
                await Resolver.ResolveAsync(identity, Kind, region).ConfigureAwait(false);
            else if (!found)
                throw new ResourceNotFoundException($"There is no active revision {string.Join(", ", Revision!)} of {Kind.DisplayName} \"{name}\" in {connection.Region}.");
            return true;
        });
    }
}
