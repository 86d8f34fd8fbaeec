using System;
using System.Collections.Generic;
using System.Text;

namespace AppRunner.Binding;

/// <summary>
/// Reads names and values from text in the format of .env files: one <c>NAME=value</c> a line, comments, <c>export</c>, and values in
/// quotes, which may have several lines. Nothing is expanded: <c>$NAME</c> stays as it is. Also reads a cell of a CSV file,
/// <c>NAME=value;OTHER=value</c>.
/// </summary>
internal sealed class DotenvReader
{
    private readonly string text;
    private readonly bool areTags;
    private readonly bool isCell;
    private readonly List<DotenvEntry> entries = [];
    private readonly List<DotenvProblem> problems = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private int position;
    private int line = 1;

    private DotenvReader(string text, bool areTags)
    {
        this.text = text.TrimStart('\uFEFF').Replace("\r\n", "\n").Replace('\r', '\n');
        this.areTags = areTags;
        isCell = this.text.IndexOf('\n') < 0 && this.text.IndexOf(';') >= 0;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text of a file, the lines of one joined by line breaks, or a cell.</param>
    /// <param name="areTags">Whether the entries are tags: their keys may have spaces, and <c>#</c> in a value begins no comment.</param>
    /// <returns>The entries in the order of the text, and the lines that cannot be read.</returns>
    public static (IReadOnlyList<DotenvEntry> Entries, IReadOnlyList<DotenvProblem> Problems) Read(string text, bool areTags = false)
    {
        var reader = new DotenvReader(text, areTags);
        while (reader.position < reader.text.Length)
            reader.ReadEntry();
        return (reader.entries, reader.problems);
    }

    private bool IsAtEnd => position >= text.Length || text[position] == '\n' || (isCell && text[position] == ';');

    private void ReadEntry()
    {
        var first = line;
        SkipSpaces();
        if (position < text.Length && text[position] == '#' && !isCell)
            SkipLine();
        if (IsAtEnd)
        {
            Next();
            return;
        }

        var start = position;
        while (!IsAtEnd && text[position] != '=')
            position++;
        var name = WithoutExport(text.Substring(start, position - start).Trim());

        // The line may be part of a secret, so it is not quoted.
        if (IsAtEnd || name.Length == 0)
            Report(first, null, "must be NAME=value.");
        else if (!areTags && name.IndexOfAny([' ', '\t', '"', '\'', '`']) >= 0)
            Report(first, null, "must be NAME=value, and the name cannot have spaces or quotes.");
        else
            ReadValue(first, name);
        SkipLine();
        Next();
    }

    private void ReadValue(int first, string name)
    {
        position++;
        SkipSpaces();
        var value = IsAtEnd || text[position] is not ('"' or '\'' or '`') ? Unquoted(first, name) : Quoted(first, name);
        if (value is null)
            return;
        if (lines.TryGetValue(name, out var earlier))
        {
            Report(first, name, isCell ? "is given twice." : $"is given twice, first on line {earlier}.");
            return;
        }

        lines.Add(name, first);
        entries.Add(new DotenvEntry(name, value, first));
    }

    private string? Unquoted(int first, string name)
    {
        var start = position;
        while (!IsAtEnd && !IsComment())
            position++;
        var value = text.Substring(start, position - start).TrimEnd();
        if (!isCell || position == text.Length || !IsAssignment(value))
            return value;
        Report(first, name, "can be read in two ways, because its value has = and the text has a semicolon. Put the value in quotes, or use a hashtable.");
        return null;
    }

    // A # begins a comment after a space only: colors and fragments of URLs are values.
    private bool IsComment() => text[position] == '#' && !isCell && !areTags && text[position - 1] is ' ' or '\t';

    // Server=x of a connection string, but neither the end of Base64 nor the query of a URL.
    private static bool IsAssignment(string value)
    {
        var cut = value.IndexOf('=');
        if (cut <= 0 || value.Substring(cut).Trim('=').Length == 0)
            return false;
        for (var i = 0; i < cut; i++)
        {
            if (!(char.IsLetterOrDigit(value[i]) || value[i] is ' ' or '_'))
                return false;
        }

        return true;
    }

    private string? Quoted(int first, string name)
    {
        var quote = text[position++];
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            var c = text[position++];
            if (c == '\n')
                line++;
            if (c == '\\' && position < text.Length && Unescape(quote, text[position]) is { } escaped)
            {
                position++;
                c = escaped;
            }

            value.Append(c);
        }

        if (position >= text.Length)
        {
            Report(first, name, "has no closing quote.");
            return null;
        }

        position++;
        SkipSpaces();
        if (IsAtEnd || (text[position] == '#' && !isCell))
            return value.ToString();
        Report(first, name, "has text after the closing quote.");
        return null;
    }

    private static char? Unescape(char quote, char c) => (quote, c) switch
    {
        ('"', 'n') => '\n',
        ('"', 'r') => '\r',
        ('"', 't') => '\t',
        ('"', '\\' or '"' or '$') or ('\'', '\'') => c,
        _ => null,
    };

    private static string WithoutExport(string name) =>
        name.StartsWith("export", StringComparison.Ordinal) && name.Length > 6 && name[6] is ' ' or '\t' ? name.Substring(6).TrimStart() : name;

    private void Report(int at, string? name, string message) =>
        problems.Add(new DotenvProblem(at, name, message));

    private void SkipSpaces()
    {
        while (position < text.Length && text[position] is ' ' or '\t')
            position++;
    }

    private void SkipLine()
    {
        while (!IsAtEnd)
            position++;
    }

    private void Next()
    {
        if (position < text.Length && text[position] == '\n')
            line++;
        position++;
    }
}

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; empty for <c>NAME=</c>.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
internal readonly record struct DotenvEntry(string Name, string Value, int Line);

/// <summary>A line that cannot be read.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Name">The name on the line; null if it has none.</param>
/// <param name="Message">What is wrong, as a predicate of the name or the line. Never contains a value.</param>
internal readonly record struct DotenvProblem(int Line, string? Name, string Message);
