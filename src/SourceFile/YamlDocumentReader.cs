using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AppRunner.SourceFile;

/// <summary>Reads a text with one YAML document into nodes with line and column.</summary>
internal static class YamlDocumentReader
{
    // What the parser's messages mean for this format, the more special first.
    private static readonly (string Contains, string Message)[] Messages =
    [
        ("invalid mapping", "there is a second ': ' here. Put a string that contains ': ' in quotes, and indent a key exactly like the other keys of its section."),
        ("quoted scalar, found unexpected end of stream", "the quotation mark that begins here is not closed."),
        ("unknown escape character", "a '\\' in double quotes begins an escape sequence; write '\\\\', or use single quotes."),
        ("scanning a quoted scalar", "the string in quotes is malformed."),
        ("wrong indentation", "a string in quotes that continues over several lines must be indented deeper than its key."),
        ("expected ':'", "this line is neither \"key: value\" nor an entry that begins with '- '. A key needs ': ' after it."),
        ("flow sequence", "the list that begins with '[' is not closed, or ',' is missing in it."),
        ("flow mapping", "the section that begins with '{' is not closed, or ',' is missing in it."),
        ("cannot start any token", "a string cannot begin with '@' or '`' without quotes."),
        ("did not find expected key", "this line fits no section above it. Indent a key exactly like the other keys of its section."),
        ("'-' indicator", "this line fits no list above it. Indent an entry exactly like the other entries of its list."),
        ("block scalar", "the text after '|' or '>' is malformed. Indent all its lines alike."),
        ("directive", "a line that begins with '%' is not allowed here."),
        ("comment", "a '#' that begins a comment needs a space before it."),
    ];

    /// <summary>The start of a text.</summary>
    public static Mark Start { get; } = new(0, 1, 1);

    /// <summary>Reads a document.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <returns>Its root; null if there is none.</returns>
    /// <exception cref="UnreadableYamlException">It is not valid YAML, or uses YAML features that the format does not support.</exception>
    public static YamlNode? Read(string text)
    {
        CheckControlCharacters(text);
        var parser = new GuardedParser(text);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            return stream.Documents.FirstOrDefault()?.RootNode;
        }
        catch (YamlException malformed)
        {
            throw Unreadable(malformed, text);
        }
        catch (Exception unexpected) when (unexpected is not (UnreadableYamlException or OutOfMemoryException))
        {
            // For some malformed texts, YamlDotNet throws exceptions of other types.
            throw new UnreadableYamlException(parser.Position, "is not valid YAML from here on.", unexpected);
        }
    }

    /// <summary>The position of a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The character's index.</param>
    /// <returns>Its line and column, from 1.</returns>
    public static Mark PositionOf(string text, int index)
    {
        var line = 1;
        var begin = 0;
        for (var i = text.IndexOf('\n'); i >= 0 && i < index; i = text.IndexOf('\n', begin))
        {
            line++;
            begin = i + 1;
        }

        return new Mark(index, line, index - begin + 1);
    }

    // The scanner treats NUL as the end of the text, and would ignore the rest without an error.
    private static void CheckControlCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\t' or '\n' or '\r' or '\u0085') && char.IsControl(text[i]))
                throw new UnreadableYamlException(PositionOf(text, i), $"contains the control character U+{(int)text[i]:X4}, which YAML does not allow.");
        }
    }

    private static UnreadableYamlException Unreadable(YamlException malformed, string text)
    {
        if (malformed.Message.Contains("tab ") && TabFrom(malformed.Start.Line, text) is { } tab)
            return new UnreadableYamlException(tab, "is indented with a tab; YAML allows only spaces.", malformed);
        if (Indentation.MistakeAt(text, malformed.Start.Line, KeyHints.IsKey) is { } mistake)
            return new UnreadableYamlException(mistake.Position, mistake.Message, malformed);
        var known = Array.Find(Messages, message => malformed.Message.IndexOf(message.Contains, StringComparison.OrdinalIgnoreCase) >= 0).Message;
        return new UnreadableYamlException(malformed.Start, "is not valid YAML" + (known is null ? " from here on." : ": " + known), malformed);
    }

    // The parser only reports the start of the token that contains the tab.
    private static Mark? TabFrom(long line, string text)
    {
        var number = 1;
        foreach (var content in text.Split('\n'))
        {
            var tab = content.IndexOf('\t');
            if (number >= line && tab >= 0 && content.Substring(0, tab).Trim(' ').Length == 0)
                return new Mark(0, number, tab + 1);
            number++;
        }

        return null;
    }

    /// <summary>
    /// Forwards the parser's events and rejects unsupported ones: deep nesting, which would overflow the stack; aliases that make a node contain
    /// itself; tags; a second document. An alias is the same node object as its anchor, so that nested aliases use no memory. Keys are compared
    /// with their whole content, so that an alias in a key must be a string. Each key gets a unique tag: the tree throws for duplicate keys,
    /// while <see cref="SectionKeys"/> reports them together with the other problems.
    /// </summary>
    private sealed class GuardedParser : IParser
    {
        // The format uses six.
        private const int MaxDepth = 32;

        private static readonly string[] CoreTags = ["str", "int", "float", "bool", "null", "seq", "map"];

        private readonly Parser parser;
        private readonly Stack<Collection> open = new();

        // The anchors of complete nodes; null for a node that is not a string.
        private readonly Dictionary<AnchorName, Scalar?> anchors = [];
        private bool hasDocument;
        private int keys;

        public GuardedParser(string text)
        {
            parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        }

        public ParsingEvent? Current { get; private set; }

        public Mark Position => parser.Current?.End ?? Start;

        public bool MoveNext()
        {
            var moved = parser.MoveNext();
            Current = moved && parser.Current is { } parsed ? Check(parsed) : null;
            return moved;
        }

        private static void CheckTag(NodeEvent node)
        {
            if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
                return;
            if (!node.Tag.IsLocal && Array.Exists(CoreTags, core => node.Tag.Value == "tag:yaml.org,2002:" + core))
                return;
            throw new UnreadableYamlException(node.Start, "has a tag (a word that begins with '!'), which is not supported; put a string that begins with '!' in quotes.");
        }

        private TagName NextKeyTag() => new($"!{++keys}");

        private Scalar Key(Scalar scalar) =>
            new(scalar.Anchor, NextKeyTag(), scalar.Value, scalar.Style, scalar.IsPlainImplicit, scalar.IsQuotedImplicit, scalar.Start, scalar.End);

        private ParsingEvent Check(ParsingEvent parsed)
        {
            switch (parsed)
            {
                case DocumentStart:
                    if (hasDocument)
                        throw new UnreadableYamlException(parsed.Start, "begins a second document; only one is allowed.");
                    hasDocument = true;
                    return parsed;
                case SequenceEnd or MappingEnd:
                    var ended = open.Pop();
                    if (ended.LacksValue)
                        throw new YamlException(parsed.Start, parsed.End, "Did not find expected node content.");
                    if (!ended.Anchor.IsEmpty)
                        anchors[ended.Anchor] = null;
                    return parsed;
                case AnchorAlias or NodeEvent:
                    if (open.Count >= MaxDepth)
                        throw new UnreadableYamlException(parsed.Start, $"is nested deeper than {MaxDepth} levels.");
                    var parent = open.Count > 0 ? open.Peek() : null;
                    var isKey = parent?.NextIsKey() ?? false;
                    return CheckNode(parsed, isKey, isKey || parent is { IsInKey: true });
                default:
                    return parsed;
            }
        }

        private ParsingEvent CheckNode(ParsingEvent parsed, bool isKey, bool isInKey)
        {
            if (parsed is AnchorAlias alias)
            {
                if (!anchors.TryGetValue(alias.Value, out var text))
                    throw new UnreadableYamlException(alias.Start, "is an alias ('*') without a complete anchor ('&') above it; put a string that begins with '*' in quotes.");
                if (isInKey && text is null)
                    throw new UnreadableYamlException(alias.Start, "is a key that is not a string.");
                return isKey ? Key(text!) : alias;
            }

            var node = (NodeEvent)parsed;
            CheckTag(node);
            if (node is Scalar scalar)
            {
                if (!scalar.Anchor.IsEmpty)
                    anchors[scalar.Anchor] = scalar;
                return isKey ? Key(scalar) : scalar;
            }

            // The anchor is defined at the end of the node, so that no node can contain itself.
            anchors.Remove(node.Anchor);
            open.Push(new Collection(node, isInKey));
            return (isKey, node) switch
            {
                (true, SequenceStart list) => new SequenceStart(list.Anchor, NextKeyTag(), list.IsImplicit, list.Style, list.Start, list.End),
                (true, MappingStart section) => new MappingStart(section.Anchor, NextKeyTag(), section.IsImplicit, section.Style, section.Start, section.End),
                _ => node,
            };
        }

        // A list or mapping that has not ended.
        private sealed class Collection
        {
            private readonly bool isMapping;
            private int count;

            public Collection(NodeEvent start, bool isInKey)
            {
                Anchor = start.Anchor;
                isMapping = start is MappingStart;
                IsInKey = isInKey;
            }

            public AnchorName Anchor { get; }

            public bool IsInKey { get; }

            public bool LacksValue => isMapping && count % 2 != 0;

            // Keys and values alternate.
            public bool NextIsKey() => isMapping && count++ % 2 == 0;
        }
    }
}

/// <summary>A text is not valid YAML, or uses YAML features that the format does not support.</summary>
internal sealed class UnreadableYamlException : Exception
{
    public UnreadableYamlException(Mark position, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Position = position;
    }

    /// <summary>The position of the problem.</summary>
    public Mark Position { get; }
}
