using System;
using System.Collections.Generic;
using AppRunner.Definitions.Yaml;

namespace AppRunner.Definitions;

/// <summary>The known keys of one section, as far as they are there and hold anything.</summary>
internal sealed class SectionKeys
{
    private readonly Findings findings;
    private readonly Place place;
    private readonly string path;
    private readonly Dictionary<string, (Place Key, YamlNode Value)> values = new(StringComparer.Ordinal);

    public SectionKeys(Findings findings, Place place, string path)
    {
        this.findings = findings;
        this.place = place;
        this.path = path;
    }

    /// <summary>What a key holds; null where the key is missing or holds nothing.</summary>
    public YamlNode? this[string key] => values.TryGetValue(key, out var found) && found.Value is not YamlScalar { IsNull: true } ? found.Value : null;

    /// <summary>Takes a key in.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="keyPlace">Where it is written.</param>
    /// <param name="value">What it holds.</param>
    public void Add(string key, Place keyPlace, YamlNode value)
    {
        if (values.TryGetValue(key, out var first))
            findings.Add(keyPlace, Findings.Join(path, key), $"is given twice, first in line {first.Key.Line}.");
        else
            values.Add(key, (keyPlace, value));
    }

    /// <summary>What a key holds that must be there.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="advice">What to write where it holds nothing.</param>
    /// <returns>Null where it is missing or holds nothing, which is said.</returns>
    public YamlNode? Required(string key, string advice = "")
    {
        if (!values.TryGetValue(key, out var found))
            findings.Add(place, Findings.Join(path, key), "is required.");
        else if (this[key] is null)
            findings.Add(found.Key, Findings.Join(path, key), "has no value" + advice + ".");
        return this[key];
    }
}
