using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using AppRunner.Binding;
using AppRunner.Model;

namespace AppRunner.Tags;

/// <summary>Tags that a resource must have, all of them.</summary>
internal sealed class TagFilter
{
    private readonly List<(string Key, WildcardPattern? Value)> wanted = [];

    /// <summary>Takes what the user gave.</summary>
    /// <param name="tags">Keys, each with the value that it must have: wildcards allowed, null for any.</param>
    /// <exception cref="InvalidParameterException">A key or a value is no text, or there is none: a slip in a variable's name must not mean everything.</exception>
    public TagFilter(IDictionary? tags)
    {
        if (tags is not { Count: > 0 })
            throw new InvalidParameterException("Tag: no tag is given, which would mean every service; leave the parameter out for that.");
        foreach (DictionaryEntry tag in tags)
        {
            var value = (tag.Value as PSObject)?.BaseObject ?? tag.Value;
            if (tag.Key is not string { Length: > 0 } key)
                throw new InvalidParameterException("Tag: a key is not a text, or empty.");
            if (value is IEnumerable and not string)
                throw new InvalidParameterException($"Tag.{key}: has several values; a tag has one.");
            wanted.Add((key, value is null ? null : Wildcards.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, ignoreCase: false)));
        }
    }

    /// <summary>Whether a resource has the tags. Keys and values are compared exactly, as AWS does.</summary>
    /// <param name="tags">Its tags.</param>
    /// <returns>True where all are there.</returns>
    public bool Matches(IReadOnlyCollection<Tag> tags) =>
        wanted.All(want => tags.Any(tag => tag.Key == want.Key && (want.Value is null || want.Value.IsMatch(tag.Value ?? string.Empty))));
}
