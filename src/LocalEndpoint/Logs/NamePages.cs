using System;
using System.Collections.Generic;
using AppRunner.LocalEndpoint.Paging;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Logs;

/// <summary>Pages of a list that is sorted by something else than the order in which its entries came.</summary>
internal static class NamePages
{
    /// <summary>The pages of a list.</summary>
    /// <typeparam name="T">The entries.</typeparam>
    /// <param name="entries">All entries in their order.</param>
    /// <param name="place">A number that an entry has for ever and no other has.</param>
    public static PageSource<T> Of<T>(List<T> entries, Func<T, long> place) => (long? position, int most, out long? rest) =>
    {
        // After the entry that ended the last page, wherever that stands by now.
        var begin = position is { } last ? entries.FindIndex(entry => place(entry) == last) + 1 : 0;
        if (position is not null && begin == 0)
            throw new InvalidRequestException("The specified nextToken has expired.");
        var page = entries.GetRange(begin, Math.Min(most, entries.Count - begin));
        rest = begin + page.Count < entries.Count ? place(page[^1]) : null;
        return page;
    };
}
