using AppRunner.Model;
using AppRunner.Model.Json;

namespace AppRunner.Inputs;

/// <summary>JSON as text from the pipeline: text that begins with { or [ is a document, other text is a name.</summary>
internal static class JsonText
{
    /// <summary>What to do about a document of which only a line arrived.</summary>
    public const string IsLineByLine = "The JSON came line by line. Use Get-Content -Raw or -Path for a file, and Out-String for the output of a program.";

    /// <summary>Whether a text is a JSON document.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if it begins with a bracket.</returns>
    public static bool IsDocument(string text) => text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is { Length: > 0 } trimmed && trimmed[0] is '{' or '[';

    /// <summary>Reads a document.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its members or entries.</returns>
    /// <exception cref="InvalidParameterException">The text is not JSON.</exception>
    public static object? Parse(string text) => text.IndexOf('\n') < 0 && JsonPositions.IsIncomplete(text)
        ? throw new InvalidParameterException(IsLineByLine)
        : JsonGraph.Parse(text, "JSON");
}
