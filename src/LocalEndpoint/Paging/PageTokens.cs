using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Paging;

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
