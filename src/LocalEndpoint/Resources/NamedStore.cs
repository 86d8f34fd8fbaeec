using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Regions;

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
