using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace AppRunner.Model.Json;

/// <summary>Reads JSON without a schema into dictionaries, lists and values: files that users write.</summary>
internal static class JsonGraph
{
    /// <summary>The message for a string that .NET cannot represent.</summary>
    internal const string InvalidSurrogate = "contains a \\u escape for only half of a surrogate pair.";

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a JSON document.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">The source of the text, for the message.</param>
    /// <returns>A dictionary for an object, a list for an array, otherwise string, long, decimal, double, bool or null.</returns>
    /// <exception cref="InvalidParameterException">The text is not JSON; the message has line and column.</exception>
    public static object? Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Convert(document.RootElement, source, string.Empty);
        }
        catch (JsonException malformed)
        {
            throw new InvalidParameterException($"{source}: not valid JSON at line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}.", malformed);
        }
        catch (ArgumentException invalid)
        {
            throw new InvalidParameterException($"{source}: contains only half of a surrogate pair.", invalid);
        }
        catch (InvalidOperationException invalid)
        {
            throw new InvalidParameterException($"{source}: {InvalidSurrogate}", invalid);
        }
    }

    private static object? Convert(JsonElement element, string source, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(element, source, path),
        JsonValueKind.Array => element.EnumerateArray().Select((entry, index) => Convert(entry, source, $"{path}[{index}]")).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.TryGetDecimal(out var exact) ? exact : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JsonMembers ConvertObject(JsonElement element, string source, string path)
    {
        var members = new JsonMembers();
        foreach (var member in element.EnumerateObject())
        {
            var here = path.Length == 0 ? member.Name : path + "." + member.Name;
            if (members.ContainsKey(member.Name))
                throw new InvalidParameterException($"{source}: {here} is given twice.");
            members.Add(member.Name, Convert(member.Value, source, here));
        }

        return members;
    }
}

/// <summary>The members of a JSON object. In contrast to a dictionary of the caller, null means "not given" there.</summary>
internal sealed class JsonMembers : Dictionary<string, object?>;
