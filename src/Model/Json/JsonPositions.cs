using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace AppRunner.Model.Json;

/// <summary>The line and column of each member of a JSON text, to report problems that are found later.</summary>
internal sealed class JsonPositions
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // Duplicates are compared case-sensitively. Positions are found case-insensitively: paths of a request have the API's case.
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Line, int Column)> positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Path, string Message, int Line, int Column)> faults = [];
    private (int Line, int Column)? root;

    private JsonPositions()
    {
    }

    /// <summary>Errors of the text: invalid JSON and duplicate members.</summary>
    public IReadOnlyList<(string Path, string Message, int Line, int Column)> Faults => faults;

    /// <summary>Reads the positions of all members.</summary>
    /// <param name="json">The text.</param>
    /// <returns>Their positions.</returns>
    public static JsonPositions Of(string json)
    {
        var found = new JsonPositions();
        var bytes = Encoding.UTF8.GetBytes(json);
        var cursor = new Cursor(bytes);
        if (string.IsNullOrWhiteSpace(json))
        {
            found.faults.Add((string.Empty, "is not valid JSON: the text is empty.", 1, 1));
            return found;
        }

        try
        {
            found.Read(bytes, cursor);
        }
        catch (JsonException malformed)
        {
            var (line, column) = cursor.At((int)(malformed.LineNumber ?? 0), (int)(malformed.BytePositionInLine ?? 0));
            var message = malformed.Message;
            var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            found.faults.Add((string.Empty, "is not valid JSON: " + (end < 0 ? message : message.Substring(0, end)), line, column));
        }

        return found;
    }

    /// <summary>Whether a text is the beginning of a JSON document: valid so far, but not closed.</summary>
    /// <param name="json">The text.</param>
    /// <returns>False for complete documents and for text that is not JSON.</returns>
    public static bool IsIncomplete(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    /// <summary>The position to show a problem at.</summary>
    /// <param name="path">The path of a member in a request; empty for the request.</param>
    /// <param name="parent">The path of the request in the text; empty if it is the whole text.</param>
    /// <returns>The position of the member, of a short form at the request's root with its name, or of the nearest parent; null for an empty text.</returns>
    public (int Line, int Column)? Find(string path, string parent = "")
    {
        var full = Join(parent, path);
        if (positions.TryGetValue(full, out var exact))
            return exact;
        if (path.Length > 0 && positions.TryGetValue(Join(parent, path.Substring(path.LastIndexOf('.') + 1)), out var atRoot))
            return atRoot;
        for (var end = LastStep(full); end > 0; end = LastStep(full))
        {
            full = full.Substring(0, end);
            if (positions.TryGetValue(full, out var above))
                return above;
        }

        return root;
    }

    private static int LastStep(string path) => path.LastIndexOfAny(['.', '[']);

    private static string Join(string path, string member) =>
        path.Length == 0 || member.Length == 0 ? path + member : member[0] == '[' ? path + member : path + "." + member;

    private void Read(byte[] bytes, Cursor cursor)
    {
        var reader = new Utf8JsonReader(bytes, Options);
        var open = new Stack<(string Path, int Index)>();
        var name = string.Empty;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = open.Peek().Path + (open.Peek().Path.Length == 0 ? string.Empty : ".") + Text(ref reader, open.Peek().Path, cursor);
                    AddPosition(name, cursor.At(reader.TokenStartIndex));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    continue;
            }

            // A value of a member, the next entry of a list, or the root.
            root ??= cursor.At(reader.TokenStartIndex);
            var path = name;
            if (open.Count > 0 && open.Peek() is { Index: >= 0 } list)
            {
                open.Pop();
                open.Push((list.Path, list.Index + 1));
                path = $"{list.Path}[{list.Index}]";
                AddPosition(path, cursor.At(reader.TokenStartIndex));
            }

            if (reader.TokenType == JsonTokenType.String)
                Text(ref reader, path, cursor);
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }
    }

    private string Text(ref Utf8JsonReader reader, string path, Cursor cursor)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var (line, column) = cursor.At(reader.TokenStartIndex);
            faults.Add((path, JsonGraph.InvalidSurrogate, line, column));
            return string.Empty;
        }
    }

    private void AddPosition(string path, (int Line, int Column) position)
    {
        if (lines.TryGetValue(path, out var first))
            faults.Add((path, $"is given twice, first on line {first}.", position.Line, position.Column));
        else
            lines.Add(path, position.Line);
        if (!positions.ContainsKey(path))
            positions.Add(path, position);
    }

    // Reads the bytes once; positions must be requested in ascending order.
    private sealed class Cursor(byte[] bytes)
    {
        private int index;
        private int line = 1;
        private int column = 1;

        public (int Line, int Column) At(long target)
        {
            while (index < target && index < bytes.Length)
                Step();
            return (line, column);
        }

        public (int Line, int Column) At(int linesBefore, int bytesInLine)
        {
            while (line <= linesBefore && index < bytes.Length)
                Step();
            var begin = index;
            while (begin > 0 && bytes[begin - 1] != '\n')
                begin--;
            return At((long)begin + bytesInLine);
        }

        // Columns count UTF-16 code units: one per leading byte, two for a sequence of four bytes.
        private void Step()
        {
            var current = bytes[index++];
            if (current == '\n')
                (line, column) = (line + 1, 1);
            else if ((current & 0xC0) != 0x80)
                column += current >= 0xF0 ? 2 : 1;
        }
    }
}
