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
/// The base of cmdlets that read resources: without a name and with wildcards they list, streaming page by page; with a name or an ARN they
/// describe one. A service in place of a resource stands for the one that it uses.
/// </summary>
/// <typeparam name="TListed">What a list gives; what a description gives is the same or derived from it.</typeparam>
public abstract class ReadingCommand<TListed> : RemoteCommand<string[]>
    where TListed : class, IResource
{
    private readonly SemaphoreSlim reads = new(MaxReads);

    private const int MaxReads = 8;

    /// <inheritdoc/>
    private protected override int Width => 8;

    /// <summary>What is read.</summary>
    private protected abstract ResourceKind Kind { get; }

    /// <summary>Whether a list is to hold whole resources.</summary>
    private protected virtual bool IsDetailed => false;

    /// <summary>The regions that lists and names are read in, each once; null stands for the default one.</summary>
    private protected virtual IEnumerable<string?> Regions => Region is { Length: > 0 } ? Region.Distinct<string?>(StringComparer.OrdinalIgnoreCase) : [null];

    /// <summary>Reads what the parameters select.</summary>
    /// <param name="identities">What was asked for; null for all.</param>
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
            foreach (var region in identity.Arn is null && identity.Problem is null ? Regions : [null])
                Errors.Guard(() => Read(identity, region));
        }
    }

    /// <summary>Asks for all resources, page by page.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="take">Takes a page.</param>
    /// <returns>A task for the end.</returns>
    private protected abstract Task ReadPagesAsync(IAppRunnerConnection connection, Func<IEnumerable<TListed>?, Task<bool>> take);

    /// <summary>What a list asks for, as the record at hand has it: a list is read while the next records come.</summary>
    /// <returns>Asks for resources, page by page.</returns>
    private protected virtual Func<IAppRunnerConnection, Func<IEnumerable<TListed>?, Task<bool>>, Task> PageReader() => ReadPagesAsync;

    /// <summary>Asks for one resource.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="arn">Its ARN.</param>
    /// <returns>The resource, whole.</returns>
    private protected abstract Task<TListed> DescribeAsync(IAppRunnerConnection connection, string arn);

    /// <summary>The name that wildcards are held against.</summary>
    /// <param name="resource">A resource of a list.</param>
    /// <returns>The name.</returns>
    private protected virtual string? NameOf(TListed resource) => Arn.TryParse(resource.ResourceArn, out var arn) ? arn.Name : null;

    /// <summary>Whether the filters let a resource pass, as far as can be seen on it.</summary>
    /// <param name="resource">A resource.</param>
    /// <returns>False to leave it out.</returns>
    private protected virtual bool Passes(TListed resource) => true;

    /// <summary>Whether the filters that take a call of their own let a resource pass.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="resource">A resource.</param>
    /// <returns>False to leave it out.</returns>
    private protected virtual Task<bool> PassesAsync(IAppRunnerConnection connection, TListed resource) => Task.FromResult(true);

    /// <summary>Reads in place of an object that is none of these resources what it refers to.</summary>
    /// <param name="value">The object.</param>
    /// <param name="region">The region that was asked for.</param>
    /// <returns>False where it refers to none.</returns>
    private protected virtual bool Follow(object? value, string? region)
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

    /// <summary>Reads what one name without wildcards or one ARN means.</summary>
    /// <param name="identity">The name or ARN.</param>
    /// <param name="region">The region that was asked for.</param>
    private protected virtual void ReadOne(ResourceIdentity identity, string? region)
    {
        // One after the other: names come out in the order in which they were given.
        var found = Work.Await(async () =>
        {
            var resource = await Resolver.ResolveAsync(identity, Kind, region).ConfigureAwait(false);
            var whole = await DescribeAsync(resource.Connection, resource.Arn).ConfigureAwait(false);
            return Passes(whole) && await PassesAsync(resource.Connection, whole).ConfigureAwait(false) ? whole : null;
        });
        if (found is not null)
            WriteResource(found);
    }

    /// <summary>Lists a region beside the pipeline.</summary>
    /// <param name="region">The region; null for the default one.</param>
    /// <param name="pattern">What names must match; null for all.</param>
    private protected void List(string? region, WildcardPattern? pattern)
    {
        var readPagesAsync = PageReader();
        Work.Enqueue(region, async () =>
        {
            var connection = await Connections.ConnectAsync(region).ConfigureAwait(false);
            await readPagesAsync(
                connection,
                async page =>
                {
                    await WriteInOrderAsync(
                        (page ?? []).Where(resource => (pattern is null || pattern.IsMatch(NameOf(resource))) && Passes(resource)),
                        resource => CompleteAsync(connection, resource)).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
        });
    }

    /// <summary>Writes what comes of many reads that are taken at once, in the order of their objects.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="objects">The objects.</param>
    /// <param name="read">Gives what to write; null for nothing.</param>
    /// <returns>A task for the end.</returns>
    private protected async Task WriteInOrderAsync<T>(IEnumerable<T> objects, Func<T, Task<TListed?>> read)
    {
        var pending = objects.Select(read).ToArray();
        foreach (var coming in pending)
        {
            if (await coming.ConfigureAwait(false) is { } found)
                await Work.PostAsync(() => WriteResource(found)).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one resource while few others are being read.</summary>
    /// <param name="work">Reads it.</param>
    /// <returns>The resource; null where it has gone since it was listed.</returns>
    private protected async Task<TListed?> ReadAsync(Func<Task<TListed?>> work)
    {
        await reads.WaitAsync(Stopped).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ResourceNotFoundException)
        {
            // Gone since it was listed.
            return null;
        }
        finally
        {
            reads.Release();
        }
    }

    private Task<TListed?> CompleteAsync(IAppRunnerConnection connection, TListed resource) => ReadAsync(async () =>
        await PassesAsync(connection, resource).ConfigureAwait(false)
            ? IsDetailed ? await DescribeAsync(connection, resource.ResourceArn!).ConfigureAwait(false) : resource
            : null);

    private void Read(ResourceIdentity identity, string? region)
    {
        if (identity.Problem is not null && Follow(identity.Value, region))
            return;
        if (identity is { Problem: null, Arn: null } && WildcardPattern.ContainsWildcardCharacters(identity.Name))
            List(region, Wildcards.Parse(identity.Name!));
        else
            ReadOne(identity, region);
    }
}
