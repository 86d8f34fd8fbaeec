using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Inputs;
using AppRunner.Model;

namespace AppRunner.Tags;

/// <summary>A filter of tags: a resource must have all of them.</summary>
internal sealed class TagFilter
{
    private readonly List<(string Key, WildcardPattern? Value)> required = [];

    /// <summary>Parses the filter.</summary>
    /// <param name="tags">Keys and values: a value may have wildcards, null matches any value.</param>
    /// <exception cref="InvalidParameterException">A key or a value is not a string, or the filter is empty: a mistyped variable must not select every service.</exception>
    public TagFilter(IDictionary? tags)
    {
        if (tags is not { Count: > 0 })
            throw new InvalidParameterException("Tag: the filter is empty. To select every service, omit the parameter.");
        foreach (DictionaryEntry tag in tags)
        {
            var value = InputValue.Unwrap(tag.Value);
            if (tag.Key is not string { Length: > 0 } key)
                throw new InvalidParameterException("Tag: every key must be a non-empty string.");
            if (value is IEnumerable and not string)
                throw new InvalidParameterException($"Tag.{key}: must have one value.");
            required.Add((key, value is null ? null : Wildcards.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, ignoreCase: false)));
        }
    }

    /// <summary>Whether a resource has the tags. Keys and values are case-sensitive, as on AWS.</summary>
    /// <param name="tags">The tags of the resource.</param>
    /// <returns>True if the resource has all of them.</returns>
    public bool Matches(IReadOnlyCollection<Tag> tags) =>
        required.All(filter => tags.Any(tag => tag.Key == filter.Key && (filter.Value is null || filter.Value.IsMatch(tag.Value ?? string.Empty))));
}
