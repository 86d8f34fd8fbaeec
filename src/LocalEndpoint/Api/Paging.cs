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
/// <param name="NextToken">The token of the next page; null on the last page.</param>
internal readonly record struct Page<T>(List<T> Items, string? NextToken);

/// <summary>Returns a page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="position">The position at which the last page ended; null for the first page.</param>
/// <param name="maxResults">The page size.</param>
/// <param name="next">The position at which this page ends; null on the last page.</param>
internal delegate List<T> PageSource<T>(long? position, int maxResults, out long? next);

/// <summary>Pages of a list that is not sorted by creation.</summary>
internal static class SortedPages
{
    /// <summary>The pages of a list.</summary>
    /// <typeparam name="T">The entries.</typeparam>
    /// <param name="entries">All entries, sorted.</param>
    /// <param name="number">A number that identifies an entry and never changes.</param>
    public static PageSource<T> Of<T>(List<T> entries, Func<T, long> number) => (long? position, int maxResults, out long? next) =>
    {
        // Continue after the last entry of the previous page, whose index may have changed.
        var begin = position is { } last ? entries.FindIndex(entry => number(entry) == last) + 1 : 0;
        if (position is not null && begin == 0)
            throw new InvalidRequestException("The specified nextToken has expired.");
        var page = entries.GetRange(begin, Math.Min(maxResults, entries.Count - begin));
        next = begin + page.Count < entries.Count ? number(page[^1]) : null;
        return page;
    };
}

/// <summary>Reads and writes NextToken: a position with a message authentication code, valid for one list of this endpoint only.</summary>
internal sealed class PageTokens
{
    private const int PositionBytes = sizeof(long);
    private const int MacBytes = 16;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Writes a token.</summary>
    /// <param name="list">Identifies the list: operation, region and filter.</param>
    /// <param name="position">The start of the next page.</param>
    public string Write(string list, long position)
    {
        var token = new byte[PositionBytes + MacBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, position);
        ComputeMac(list, token.AsSpan(0, PositionBytes)).CopyTo(token.AsSpan(PositionBytes));
        return Convert.ToBase64String(token).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads a token.</summary>
    /// <param name="list">Identifies the list.</param>
    /// <param name="token">The token; null or empty asks for the first page.</param>
    /// <returns>The position; null for the first page.</returns>
    /// <exception cref="InvalidRequestException">The token is not from this endpoint, or is from another list.</exception>
    public long? Read(string list, string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        Span<byte> bytes = stackalloc byte[PositionBytes + MacBytes];
        if (token.Length != 32
            || !Convert.TryFromBase64String(token.Replace('-', '+').Replace('_', '/'), bytes, out var count)
            || count != bytes.Length
            || !CryptographicOperations.FixedTimeEquals(ComputeMac(list, bytes[..PositionBytes]), bytes[PositionBytes..]))
            throw new InvalidRequestException("The NextToken value is not valid: use the token of the previous page of the same list, unchanged.");
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private byte[] ComputeMac(string list, ReadOnlySpan<byte> position)
    {
        var text = Encoding.UTF8.GetBytes(list);
        var data = new byte[PositionBytes + text.Length];
        position.CopyTo(data);
        text.CopyTo(data.AsSpan(PositionBytes));
        return HMACSHA256.HashData(key, data)[..MacBytes];
    }
}
