namespace AppRunner.Definitions.Yaml;

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct Place(int Line, int Column)
{
    /// <summary>Where a text begins.</summary>
    public static Place Start { get; } = new(1, 1);

    /// <summary>Where a character stands.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The character's index.</param>
    /// <returns>Its line and column.</returns>
    public static Place Of(string text, int index)
    {
        var line = 1;
        var begin = 0;
        for (var i = text.IndexOf('\n'); i >= 0 && i < index; i = text.IndexOf('\n', begin))
        {
            line++;
            begin = i + 1;
        }

        return new Place(line, index - begin + 1);
    }
}
