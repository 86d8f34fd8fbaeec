using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AppRunner.Binding;
using AppRunner.Model;
using AppRunner.Resources;

namespace AppRunner.Commands;

/// <summary>
/// The base of cmdlets that read resources. Without a name or with wildcards they list, streaming page by page; with a name or an ARN they
/// describe one. If the input is a service, they describe the resource that the service uses.
/// </summary>
/// <typeparam name="TListed">The type in a list; the type of a described resource is the same or derived from it.</typeparam>
public abstract class ReadingCommand<TListed> : RemoteCommand<string[]>
    where TListed : class, IResource
{
    private readonly SemaphoreSlim reads = new(MaxReads);

    private const int MaxReads = 8;

    /// <inheritdoc/>
    private protected override int ConcurrencyLimit => 8;

    /// <summary>The kind of resource to read.</summary>
    private protected abstract ResourceKind Kind { get; }

    /// <summary>Whether to describe each listed resource.</summary>
    private protected virtual bool IsDetailed => false;

    /// <summary>The regions to list and to find names in, without duplicates; null is the default region.</summary>
    private protected virtual IEnumerable<string?> Regions => Region is { Length: > 0 } ? Region.Distinct<string?>(StringComparer.OrdinalIgnoreCase) : [null];

    /// <summary>The regions to find a resource in.</summary>
    /// <param name="identity">The given identity.</param>
    /// <returns>Those of the command line, else the region that the identity has itself; null is the default region.</returns>
    private protected IEnumerable<string?> RegionsOf(ResourceIdentity identity) =>
        identity.Arn is null && identity.Problem is null && Regions.ToArray() is var regions && !(regions is [null] && identity.Region is not null) ? regions : [identity.Region];

    /// <summary>Reads the selected resources.</summary>
    /// <param name="identities">The given identities; null for all resources.</param>
    private protected void Read(ResourceIdentity[]? identities)
    {
        if (identities is null)
        {
            foreach (var region in Regions)
                List(region, null);
            return;
        }

        foreach (var identity in identities)
        {
            Errors.Target = identity.Target;
            foreach (var region in RegionsOf(identity))
                Errors.Guard(() => Read(identity, region));
        }
    }

    /// <summary>Lists all resources, page by page.</summary>
    /// <param name="connection">The client to send with.</param>
    /// <param name="take">Called with each page; returns false to stop.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    private protected abstract Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<TListed>?, Task<bool>> take);

    /// <summary>Gets the list call for the parameters of the current record, because the list is read while the next records are bound.</summary>
    /// <returns>A function that lists resources, page by page.</returns>
    private protected virtual Func<IAppRunnerConnection, Func<IEnumerable<TListed>?, Task<bool>>, Task> PageReader() => ReadPagesAsync;

    /// <summary>Describes one resource.</summary>
    /// <param name="connection">The client to send with.</param>
    /// <param name="arn">Its ARN.</param>
    /// <returns>The complete resource.</returns>
    private protected abstract Task<TListed> DescribeAsync(IAppRunnerConnection connection, string arn);

    /// <summary>The name to match with wildcards.</summary>
    /// <param name="resource">A listed resource.</param>
    /// <returns>The name.</returns>
    private protected virtual string? NameOf(TListed resource) => Arn.TryParse(resource.ResourceArn, out var arn) ? arn.Name : null;

    /// <summary>Whether a resource of a region can match the filters. Called before the region is listed, so that a wrong filter is an error also where there is nothing to filter.</summary>
    /// <param name="connection">The connection to the region.</param>
    /// <returns>False to read nothing.</returns>
    private protected virtual Task<bool> CanMatchAsync(IAppRunnerConnection connection) => Task.FromResult(true);

    /// <summary>Whether a resource matches the filters that need no further call.</summary>
    /// <param name="resource">A resource.</param>
    /// <returns>False to skip it.</returns>
    private protected virtual bool MatchesFilter(TListed resource) => true;

    /// <summary>Whether a resource matches the filters that need a call for each resource.</summary>
    /// <param name="connection">The client to send with.</param>
    /// <param name="resource">A resource.</param>
    /// <returns>False to skip it.</returns>
    private protected virtual Task<bool> MatchesFilterAsync(IAppRunnerConnection connection, TListed resource) => Task.FromResult(true);

    /// <summary>Reads the resources that another kind of object refers to.</summary>
    /// <param name="value">The object.</param>
    /// <param name="region">The value of -Region.</param>
    /// <returns>False if the object refers to no resource of this kind.</returns>
    private protected virtual bool TryReadReferenced(object? value, string? region)
    {
        if (Kind.ReferenceIn is not { } reference || value is not ServiceSummary listed)
            return false;
        var found = Work.Await(async () =>
        {
            var owner = await Resolver.ResolveAsync(new ResourceIdentity(listed, listed.ServiceArn, null), ResourceKind.Service, region).ConfigureAwait(false);
            var service = listed as Service ?? await owner.Connection.DescribeAsync(owner.Arn, Stopped).ConfigureAwait(false);
            return reference(service) is { Length: > 0 } arn ? await DescribeAsync(owner.Connection, arn).ConfigureAwait(false) : null;
        });
        if (found is not null)
            WriteResource(found);
        return true;
    }

    /// <summary>Reads the resource of one name without wildcards or one ARN.</summary>
    /// <param name="identity">The name or ARN.</param>
    /// <param name="region">The value of -Region.</param>
    private protected virtual void ReadOne(ResourceIdentity identity, string? region)
    {
        // One at a time, so that the output has the order of the input.
        var found = Work.Await(async () =>
        {
            var resource = await Resolver.ResolveAsync(identity, Kind, region).ConfigureAwait(false);
            var whole = await DescribeAsync(resource.Connection, resource.Arn).ConfigureAwait(false);
            return MatchesFilter(whole) && await MatchesFilterAsync(resource.Connection, whole).ConfigureAwait(false) ? whole : null;
        });
        if (found is not null)
            WriteResource(found);
    }

    /// <summary>Lists a region in the background.</summary>
    /// <param name="region">The region; null for the default.</param>
    /// <param name="pattern">The pattern for names; null for all.</param>
    private protected void List(string? region, WildcardPattern? pattern)
    {
        var readPagesAsync = PageReader();
        Work.Enqueue(region, async () =>
        {
            var connection = await Connections.ConnectAsync(region).ConfigureAwait(false);
            if (!await CanMatchAsync(connection).ConfigureAwait(false))
                return;
            await readPagesAsync(
                connection,
                async page =>
                {
                    await WriteInOrderAsync(
                        (page ?? []).Where(resource => (pattern is null || pattern.IsMatch(NameOf(resource))) && MatchesFilter(resource)),
                        resource => CompleteAsync(connection, resource)).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
        });
    }

    /// <summary>Reads many objects concurrently, and writes the results in the order of the objects.</summary>
    /// <typeparam name="T">The type of an object.</typeparam>
    /// <param name="objects">The objects.</param>
    /// <param name="read">Returns the resource to write; null for none.</param>
    /// <returns>A task that completes when everything has been read.</returns>
    private protected async Task WriteInOrderAsync<T>(IEnumerable<T> objects, Func<T, Task<TListed?>> read)
    {
        var pending = objects.Select(read).ToArray();
        foreach (var coming in pending)
        {
            if (await coming.ConfigureAwait(false) is { } found)
                await Work.PostAsync(() => WriteResource(found)).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one resource, with a limit of concurrent reads.</summary>
    /// <param name="work">Reads the resource.</param>
    /// <returns>The resource; null if it was deleted after it was listed.</returns>
    private protected async Task<TListed?> ReadAsync(Func<Task<TListed?>> work)
    {
        await reads.WaitAsync(Stopped).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ResourceNotFoundException)
        {
            // Deleted after it was listed.
            return null;
        }
        finally
        {
            reads.Release();
        }
    }

    private Task<TListed?> CompleteAsync(IAppRunnerConnection connection, TListed resource) => ReadAsync(async () =>
        await MatchesFilterAsync(connection, resource).ConfigureAwait(false)
            ? IsDetailed ? await DescribeAsync(connection, resource.ResourceArn!).ConfigureAwait(false) : resource
            : null);

    private void Read(ResourceIdentity identity, string? region)
    {
        if (identity.Problem is not null && TryReadReferenced(identity.Value, region))
            return;
        if (identity is { Problem: null, Arn: null } && WildcardPattern.ContainsWildcardCharacters(identity.Name))
            List(region, Wildcards.Parse(identity.Name!));
        else
            ReadOne(identity, region);
    }
}
