using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace AppRunner.SourceFile;

/// <summary>
/// Finds the line of a malformed YAML text whose indentation fits none of the sections above it. YAML parsers report its consequences, such as
/// a second ": ", in their own terms. Only for texts that the parser refused: it knows block style, not every feature of YAML.
/// </summary>
internal static class Indentation
{
    private static readonly Regex Key = new("\\A(?<key>[A-Za-z_][A-Za-z0-9_.-]*|\"[^\"]{1,80}\"|'[^']{1,80}')\\s*:(?:\\s+(?<value>\\S.*)?)?\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(2));

    private static readonly Regex KeyWithoutSpace = new("\\A(?<key>[a-z-]+):[^\\s/]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(2));

    /// <summary>The mistake at or beside the line where the parser stopped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">The line where the parser stopped, from 1.</param>
    /// <param name="isKnownKey">Whether a word is a key of the format.</param>
    /// <returns>The position and the message; null if none was found.</returns>
    public static (Mark Position, string Message)? MistakeAt(string text, long line, Func<string, bool> isKnownKey)
    {
        var blocks = new Stack<Block>();
        var number = 0;
        var scalarIndent = -1;
        foreach (var content in text.Split('\n'))
        {
            number++;
            var rest = content.TrimStart(' ').TrimEnd();
            var column = content.TrimEnd().Length - rest.Length;
            if (number > line + 1)
                return null;
            if (rest.Length == 0 || rest[0] == '#' || rest is "---" or "..." || (scalarIndent >= 0 && column > scalarIndent))
                continue;
            scalarIndent = -1;

            // Each "- " opens a list, and what follows it is indented by its column.
            var position = new Mark(0, number, column + 1);
            string? mistake = null;
            while (rest == "-" || rest.StartsWith("- ", StringComparison.Ordinal))
            {
                mistake ??= Add(blocks, column, null, null);
                scalarIndent = column;
                var next = rest.Substring(1).TrimStart(' ');
                column += rest.Length - next.Length;
                rest = next;
            }

            var key = Key.Match(rest);
            var value = key.Success ? WithoutComment(key.Groups["value"].Value) : rest;
            if (key.Success)
            {
                mistake ??= Add(blocks, column, key.Groups["key"].Value.Trim('"', '\''), value);
                scalarIndent = column;
            }
            else if (KeyWithoutSpace.Match(rest) is { Success: true } glued && isKnownKey(glued.Groups["key"].Value) && number >= line - 1)
            {
                return (new Mark(0, number, column + 1), $"\"{glued.Groups["key"].Value}:\" needs a space after the colon.");
            }

            if (mistake is not null)
                return number >= line - 1 ? (position, mistake) : null;

            // The lines of a block scalar are text. A string or flow collection over several lines is not understood here.
            if (value.Length == 0 || value[0] is not ('|' or '>'))
                scalarIndent = -1;
            if (value.Length > 0 && ((value[0] is '"' or '\'' && !value.EndsWith(value[0].ToString(), StringComparison.Ordinal)) || (value[0] is '[' or '{' && value[value.Length - 1] is not (']' or '}'))))
                return null;
        }

        return null;
    }

    // Adds a line to the open blocks; returns the mistake if it fits none. The key is null for an entry of a list.
    private static string? Add(Stack<Block> blocks, int indent, string? key, string? value)
    {
        Block? left = null;
        while (blocks.Count > 0 && (blocks.Peek().Indent > indent || (blocks.Peek() is { IsList: true } list && list.Indent == indent && key is not null && IsBeside(blocks))))
            left = blocks.Pop();
        var top = blocks.Count == 0 ? null : blocks.Peek();
        var subject = key is null ? "The list entry ('-')" : $"\"{key}\"";
        if (top?.Indent == indent)
        {
            if (top.IsList && key is not null)
                return $"{subject} is indented by {Spaces(indent)}, like the '-' of its list, but a key of the entry must be indented like the text after the '-'{(left is null ? string.Empty : $", by {left.Indent}")}.";
            if (!top.IsList && key is null)
            {
                // A list can have the indentation of its key.
                if (top.LastValue?.Length > 0)
                    return $"{subject} is indented by {Spaces(indent)}, but \"{top.LastKey}\" above it has a value and cannot have a list.";
                blocks.Push(new Block(indent, top.LastKey, isList: true));
                return null;
            }

            top.LastKey = key;
            top.LastValue = value;
            return null;
        }

        if (left is not null && left.Indent != indent)
        {
            var others = new[] { left }.Concat(blocks).Where(block => block.IsList == (key is null)).Select(block => (block.IsList ? "the entries of " : "the keys of ") + (block.Name is null ? "the top level" : $"\"{block.Name}\"") + $" by {block.Indent}").Take(3).ToArray();
            return $"{subject} is indented by {Spaces(indent)}, which fits no section above it{(others.Length == 0 ? string.Empty : ": " + string.Join(", ", others))}.";
        }

        if (top is not null && !top.IsList && top.LastValue?.Length > 0)
            return $"{subject} is indented by {Spaces(indent)}, but \"{top.LastKey}\" above it by {top.Indent}. Keys of the same section have the same indentation.";
        blocks.Push(new Block(indent, top?.LastKey ?? top?.Name, isList: key is null) { LastKey = key, LastValue = value });
        return null;
    }

    // Whether the list on top has the indentation of the section that it is in.
    private static bool IsBeside(Stack<Block> blocks) => blocks.Skip(1).FirstOrDefault() is { IsList: false } section && section.Indent == blocks.Peek().Indent;

    private static string WithoutComment(string value) => value.StartsWith("#", StringComparison.Ordinal) ? string.Empty : value;

    private static string Spaces(int count) => count == 1 ? "1 space" : $"{count} spaces";

    // A section or list that lines can still be added to. The name is the key that it is the value of.
    private sealed class Block(int indent, string? name, bool isList)
    {
        public int Indent { get; } = indent;

        public string? Name { get; } = name;

        public bool IsList { get; } = isList;

        public string? LastKey { get; set; }

        public string? LastValue { get; set; }
    }
}
