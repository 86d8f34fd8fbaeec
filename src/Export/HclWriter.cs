using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AppRunner.Export;

/// <summary>A block of Terraform's language: attributes, then nested blocks, in the layout of <c>terraform fmt</c>.</summary>
/// <param name="type">The type, such as <c>resource</c>.</param>
/// <param name="labels">The labels, such as the resource's type and name.</param>
internal sealed class HclBlock(string type, params string[] labels)
{
    private readonly List<(string Name, object Value)> attributes = [];
    private readonly List<HclBlock> blocks = [];

    /// <summary>Whether it has neither attributes nor blocks.</summary>
    public bool IsEmpty => attributes.Count == 0 && blocks.Count == 0;

    /// <summary>Adds an attribute. A null value adds nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A string, an int, a bool, an <see cref="HclExpression"/>, a list of strings, or a map of strings or expressions.</param>
    /// <returns>This block.</returns>
    public HclBlock Set(string name, object? value)
    {
        if (value is not null)
            attributes.Add((name, value));
        return this;
    }

    /// <summary>Adds a nested block; an empty one adds nothing.</summary>
    /// <param name="block">The block.</param>
    /// <returns>This block.</returns>
    public HclBlock Add(HclBlock block)
    {
        if (!block.IsEmpty)
            blocks.Add(block);
        return this;
    }

    /// <summary>The text of a file.</summary>
    /// <param name="blocks">Its blocks.</param>
    /// <returns>The blocks, with an empty line between them.</returns>
    public static string ToText(IEnumerable<HclBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            if (text.Length > 0)
                text.Append('\n');
            block.Write(text, string.Empty);
        }

        return text.ToString();
    }

    private void Write(StringBuilder text, string indent)
    {
        text.Append(indent).Append(type);
        foreach (var label in labels)
            text.Append(' ').Append(HclText.Quote(label));
        text.Append(" {\n");
        var inner = indent + "  ";
        WriteAligned(text, inner, attributes.Select(attribute => (attribute.Name, attribute.Value)).ToArray());
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i > 0 || attributes.Count > 0)
                text.Append('\n');
            blocks[i].Write(text, inner);
        }

        text.Append(indent).Append("}\n");
    }

    // terraform fmt aligns the equals signs of consecutive lines; a value of several lines ends such a group and has one blank.
    private static void WriteAligned(StringBuilder text, string indent, IReadOnlyList<(string Name, object Value)> entries)
    {
        for (var start = 0; start < entries.Count;)
        {
            var end = start;
            while (end < entries.Count && !IsMultiline(entries[end].Value))
                end++;
            var width = end == start ? 0 : entries.Skip(start).Take(end - start).Max(entry => entry.Name.Length);
            for (; start < end; start++)
                text.Append(indent).Append(entries[start].Name.PadRight(width)).Append(" = ").Append(HclText.Of(entries[start].Value)).Append('\n');
            if (start < entries.Count)
            {
                var (name, value) = entries[start++];
                text.Append(indent).Append(name).Append(" = {\n");
                WriteAligned(text, indent + "  ", ((IEnumerable<KeyValuePair<string, object>>)value).Select(entry => (HclText.QuoteKey(entry.Key), entry.Value)).ToArray());
                text.Append(indent).Append("}\n");
            }
        }
    }

    private static bool IsMultiline(object value) => value is IEnumerable<KeyValuePair<string, object>>;
}

/// <summary>An expression, written as it is, such as <c>aws_apprunner_service.web.arn</c>.</summary>
/// <param name="Text">The expression.</param>
internal sealed record HclExpression(string Text);

/// <summary>Literals of Terraform's language.</summary>
internal static class HclText
{
    /// <summary>A value as an expression.</summary>
    /// <param name="value">A string, an int, a bool, an expression or a list of strings.</param>
    /// <returns>One line.</returns>
    public static string Of(object value) => value switch
    {
        HclExpression expression => expression.Text,
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        IEnumerable<string> list => "[" + string.Join(", ", list.Select(Quote)) + "]",
        _ => throw new ArgumentException($"A {value.GetType()} is not written.", nameof(value)),
    };

    /// <summary>A string literal.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text in quotes, on one line.</returns>
    public static string Quote(string text) => Quote(text, asciiOnly: false);

    /// <summary>A string literal as the key of a map. It is ASCII, so that its width on the screen, which terraform fmt aligns, is its length.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text in quotes, on one line.</returns>
    public static string QuoteKey(string text) => Quote(text, asciiOnly: true);

    /// <summary>A name of a resource or variable, as Terraform takes it: letters, digits, _ and -, not beginning with a digit or -.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with _ for every other character.</returns>
    public static string Identifier(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text)
            name.Append(IsLetter(c) || c is (>= '0' and <= '9') or '_' or '-' ? c : '_');
        return name.Length > 0 && (IsLetter(name[0]) || name[0] == '_') ? name.ToString() : "_" + name;
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static string Quote(string text, bool asciiOnly)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case '$' or '%' when i + 1 < text.Length && text[i + 1] == '{':
                    // ${ and %{ begin a template; doubled, the sign is a text.
                    quoted.Append(c).Append(c);
                    break;
                case '$' or '%' when IsBeforeTemplate(text, i):
                    // Before such a doubled sign, one of its kind would be read with it.
                    quoted.Append("\\u00").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                    break;
                case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff':
                    AppendEscape(quoted, c);
                    break;
                case > '~' when asciiOnly && char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    quoted.Append("\\U").Append(char.ConvertToUtf32(c, text[++i]).ToString("x8", CultureInfo.InvariantCulture));
                    break;
                case > '~' when asciiOnly:
                    AppendEscape(quoted, c);
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    // Whether a run of equal signs leads to {.
    private static bool IsBeforeTemplate(string text, int index)
    {
        var end = index;
        while (end < text.Length && text[end] == text[index])
            end++;
        return end < text.Length && text[end] == '{';
    }

    private static void AppendEscape(StringBuilder quoted, char c) => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
