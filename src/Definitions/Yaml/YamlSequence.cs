using System.Collections.Generic;

namespace AppRunner.Definitions.Yaml;

/// <summary>A list.</summary>
internal sealed class YamlSequence : YamlNode
{
    public YamlSequence(Place place)
        : base(place)
    {
    }

    public List<YamlNode> Items { get; } = [];
}
