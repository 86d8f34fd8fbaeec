using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.State;

/// <summary>Items sorted by a sequence number, so that pages neither skip nor repeat an item while others are added and removed. Reading a page does not read the whole list.</summary>
/// <typeparam name="T">The items.</typeparam>
internal sealed class SequenceList<T>
    where T : class, ISequenced
{
    private readonly List<T> items = [];

    /// <summary>The number of items.</summary>
    public int Count => items.Count;

    /// <summary>The last item; null if the list is empty.</summary>
    public T? Last => items.Count > 0 ? items[^1] : null;

    /// <summary>Adds an item at its position, if it is not in the list.</summary>
    public void Add(T item)
    {
        var index = items.Count == 0 || items[^1].Sequence < item.Sequence ? items.Count : IndexOf(item.Sequence);
        if (index == items.Count || items[index].Sequence != item.Sequence)
            items.Insert(index, item);
    }

    /// <summary>Removes an item, if it is in the list.</summary>
    public void Remove(T item)
    {
        var index = IndexOf(item.Sequence);
        if (index < items.Count && items[index].Sequence == item.Sequence)
            items.RemoveAt(index);
    }

    /// <summary>A copy of all items.</summary>
    public T[] ToArray() => [.. items];

    /// <summary>Returns a page.</summary>
    /// <param name="after">The sequence number before the first item of the page; null for the first page.</param>
    /// <param name="maxResults">The page size.</param>
    /// <param name="next">The value of after for the next page; null on the last page.</param>
    public List<T> Page(long? after, int maxResults, out long? next)
    {
        var start = after is null ? 0 : IndexOf(after.Value + 1);
        var count = Math.Min(maxResults, items.Count - start);
        next = start + count < items.Count ? items[start + count - 1].Sequence : null;
        return items.GetRange(start, count);
    }

    // The index of the first item with this sequence number or a higher one.
    private int IndexOf(long sequence)
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

/// <summary>An item with a sequence number that never changes.</summary>
internal interface ISequenced
{
    /// <summary>The sequence number; later items have higher ones.</summary>
    long Sequence { get; }
}
