using System;
using System.Collections;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>The fields of a head or of trailers, in the order in which they came.</summary>
internal sealed class HttpFields : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> fields = [];

    /// <summary>The value of the first field of this name; null where there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in fields)
            {
                if (field.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return field.Value;
            }

            return null;
        }
    }

    /// <summary>Takes a field as it came.</summary>
    public void Add(string name, string value) => fields.Add(new(name, value));

    /// <summary>Whether a comma-separated field, such as Connection, has an element.</summary>
    public bool HasWord(string name, string word)
    {
        foreach (var field in fields)
        {
            if (field.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && Holds(field.Value, word))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="IEnumerable{T}.GetEnumerator"/>
    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => fields.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Holds(ReadOnlySpan<char> list, ReadOnlySpan<char> word)
    {
        while (true)
        {
            var comma = list.IndexOf(',');
            if ((comma < 0 ? list : list[..comma]).Trim().Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
            if (comma < 0)
                return false;
            list = list[(comma + 1)..];
        }
    }
}
