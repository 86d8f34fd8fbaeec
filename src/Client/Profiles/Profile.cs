using System.Collections.Generic;

namespace AppRunner.Client.Profiles;

/// <summary>One profile, merged from both shared files.</summary>
internal sealed class Profile(string name, IReadOnlyDictionary<string, string> values)
{
    public string Name { get; } = name;

    /// <summary>A setting, or null where it is absent or empty.</summary>
    public string? this[string key] => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that is true or false.</summary>
    /// <param name="key">The setting's name.</param>
    /// <returns>Its value, null where it is absent.</returns>
    /// <exception cref="Model.InvalidParameterException">It is something else.</exception>
    public bool? Flag(string key) => Texts.Flag(this[key], $"{key} of profile \"{Name}\"");
}
