using System.Collections.Generic;

namespace AppRunner.Definitions.Yaml;

/// <summary>Keys with their values, in the order in which they are written, none left out where one is written twice.</summary>
internal sealed class YamlMapping : YamlNode
{
    public YamlMapping(Place place)
        : base(place)
    {
    }

    public List<KeyValuePair<YamlNode, YamlNode>> Entries { get; } = [];
}
