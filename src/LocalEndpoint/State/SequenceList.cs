using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.State;

/// <summary>Things in the order of their sequence, so that pages neither skip nor repeat one while others come and go. A page costs what it holds.</summary>
/// <typeparam name="T">The things.</typeparam>
internal sealed class SequenceList<T>
    where T : class, ISequenced
{
    private readonly List<T> items = [];

    /// <summary>How many there are.</summary>
    public int Count => items.Count;

    /// <summary>The last one; null where there is none.</summary>
    public T? Last => items.Count > 0 ? items[^1] : null;

    /// <summary>Adds one at its place; one that is here already stays as it is.</summary>
    public void Add(T item)
    {
        var place = items.Count == 0 || items[^1].Sequence < item.Sequence ? items.Count : PlaceOf(item.Sequence);
        if (place == items.Count || items[place].Sequence != item.Sequence)
            items.Insert(place, item);
    }

    /// <summary>Takes one out, if it is here.</summary>
    public void Remove(T item)
    {
        var place = PlaceOf(item.Sequence);
        if (place < items.Count && items[place].Sequence == item.Sequence)
            items.RemoveAt(place);
    }

    /// <summary>All of them as they are now.</summary>
    public T[] ToArray() => [.. items];

    /// <summary>Those from a place on.</summary>
    /// <param name="after">The sequence after which to begin; null begins with the first.</param>
    /// <param name="most">Most of them to give.</param>
    /// <param name="rest">After which sequence the next page begins; null on the last one.</param>
    public List<T> Page(long? after, int most, out long? rest)
    {
        var start = after is null ? 0 : PlaceOf(after.Value + 1);
        var count = Math.Min(most, items.Count - start);
        rest = start + count < items.Count ? items[start + count - 1].Sequence : null;
        return items.GetRange(start, count);
    }

    // Where the first one from a sequence on stands.
    private int PlaceOf(long sequence)
    {
        int low = 0, high = items.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (items[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>Something with a place in an order that never changes.</summary>
internal interface ISequenced
{
    /// <summary>Its place, greater than that of everything before it.</summary>
    long Sequence { get; }
}
