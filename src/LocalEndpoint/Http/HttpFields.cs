using System;
using System.Collections;
using System.Collections.Generic;

namespace AppRunner.LocalEndpoint.Http;

/// <summary>Headers or trailers in the received order.</summary>
internal sealed class HttpFields : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> fields = [];

    /// <summary>The value of the first field with this name; null if there is none.</summary>
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

    /// <summary>Adds a field.</summary>
    public void Add(string name, string value) => fields.Add(new(name, value));

    /// <summary>Whether a comma-separated field, such as Connection, contains an element.</summary>
    public bool HasElement(string name, string element)
    {
        foreach (var field in fields)
        {
            if (field.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && Contains(field.Value, element))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="IEnumerable{T}.GetEnumerator"/>
    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => fields.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Contains(ReadOnlySpan<char> list, ReadOnlySpan<char> element)
    {
        while (true)
        {
            var comma = list.IndexOf(',');
            if ((comma < 0 ? list : list[..comma]).Trim().Equals(element, StringComparison.OrdinalIgnoreCase))
                return true;
            if (comma < 0)
                return false;
            list = list[(comma + 1)..];
        }
    }
}
