using System;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>A request, read to its end.</summary>
/// <param name="Method">Such as POST.</param>
/// <param name="Path">The target up to the question mark, as sent.</param>
/// <param name="Query">The target behind the question mark, as sent; empty without one.</param>
/// <param name="Headers">Values by name, ignoring case; several of one name joined with commas.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>A header's value; null where there is none.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
