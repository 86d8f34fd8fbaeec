namespace AppRunner.Definitions.Yaml;

/// <summary>A text, a number, nothing: whatever is one value. App Runner's format takes it as it is written.</summary>
internal sealed class YamlScalar : YamlNode
{
    public YamlScalar(Place place, string text, bool isPlain)
        : base(place)
    {
        Text = text;
        IsPlain = isPlain;
    }

    public string Text { get; }

    /// <summary>Whether it stands without quotes, so that readers may take it for a number or nothing.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether there is nothing.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}
