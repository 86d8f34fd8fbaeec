using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Resources;

/// <summary>Resources of a kind in which a name belongs to one at a time; a deleted one's name is free.</summary>
/// <typeparam name="T">The resources.</typeparam>
/// <param name="region">The region.</param>
/// <param name="kind">The kind as a message begins with it, such as <c>Service</c>.</param>
internal abstract class NamedStore<T>(Region region, string kind) : ResourceStore<T>(region, kind)
    where T : StoredResource
{
    private readonly Dictionary<string, T> byName = new(StringComparer.Ordinal);

    /// <summary>The one that has a name and is not deleted; null where there is none.</summary>
    public T? FindByName(string name) => byName.GetValueOrDefault(name);

    /// <summary>Those that are not deleted, in the order of their creation.</summary>
    /// <param name="name">Their name; null or empty for all names.</param>
    public SequenceList<T> Select(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Live;
        var only = new SequenceList<T>();
        if (FindByName(name) is { } found)
            only.Add(found);
        return only;
    }

    /// <summary>Refuses a name that is taken.</summary>
    /// <exception cref="InvalidRequestException">It is taken.</exception>
    public void RequireFree(string name)
    {
        if (byName.ContainsKey(name))
            throw new InvalidRequestException($"{Kind} with the provided name already exists: {name}.");
    }

    /// <inheritdoc/>
    protected override void Add(T item)
    {
        byName.Add(item.Name, item);
        base.Add(item);
    }

    /// <inheritdoc/>
    protected override void Remove(T item, DateTime at)
    {
        byName.Remove(item.Name);
        base.Remove(item, at);
    }
}
