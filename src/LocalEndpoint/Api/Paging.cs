using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Api;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="Items">The entries.</param>
/// <param name="NextToken">The token of the next page; null on the last one.</param>
internal readonly record struct Page<T>(List<T> Items, string? NextToken);

/// <summary>Gives a page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="position">The position at which the last page ended; null for the first page.</param>
/// <param name="most">Most entries to give.</param>
/// <param name="rest">The position at which this page ends; null on the last one.</param>
internal delegate List<T> PageSource<T>(long? position, int most, out long? rest);

/// <summary>Pages of a list that is sorted by something else than the order in which its entries came.</summary>
internal static class SortedPages
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

/// <summary>NextToken: a position that only this endpoint can have written, good for one list only.</summary>
internal sealed class PageTokens
{
    private const int PositionBytes = sizeof(long);
    private const int SealBytes = 16;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Writes a token.</summary>
    /// <param name="list">Which list it is: operation, region and whatever else selects entries.</param>
    /// <param name="position">Where the next page begins.</param>
    public string Write(string list, long position)
    {
        var token = new byte[PositionBytes + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, position);
        Seal(list, token.AsSpan(0, PositionBytes)).CopyTo(token.AsSpan(PositionBytes));
        return Convert.ToBase64String(token).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads a token.</summary>
    /// <param name="list">As it was written for.</param>
    /// <param name="token">The token; null or empty asks for the first page.</param>
    /// <returns>The position; null for the first page.</returns>
    /// <exception cref="InvalidRequestException">It is none of this endpoint's, or of another list.</exception>
    public long? Read(string list, string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        Span<byte> bytes = stackalloc byte[PositionBytes + SealBytes];
        if (token.Length != 32
            || !Convert.TryFromBase64String(token.Replace('-', '+').Replace('_', '/'), bytes, out var count)
            || count != bytes.Length
            || !CryptographicOperations.FixedTimeEquals(Seal(list, bytes[..PositionBytes]), bytes[PositionBytes..]))
            throw new InvalidRequestException("The NextToken value is not valid: use the token of the previous page of the same list, unchanged.");
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private byte[] Seal(string list, ReadOnlySpan<byte> position)
    {
        var text = Encoding.UTF8.GetBytes(list);
        var data = new byte[PositionBytes + text.Length];
        position.CopyTo(data);
        text.CopyTo(data.AsSpan(PositionBytes));
        return HMACSHA256.HashData(key, data)[..SealBytes];
    }
}
