namespace AppRunner.Definitions.Yaml;

/// <summary>A piece of a YAML document that knows where it stands.</summary>
internal abstract class YamlNode
{
    protected YamlNode(Place place)
    {
        Place = place;
    }

    /// <summary>Where it begins. What an alias stands for begins where it is written.</summary>
    public Place Place { get; }
}
