using System;
using System.Collections.Generic;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AppRunner.Definitions.Yaml;

/// <summary>
/// Makes a tree of a text. An alias is the very node that its anchor names, never a copy: however aliases are piled up, the tree is no
/// larger than the text.
/// </summary>
internal sealed class YamlTree
{
    // The format needs six.
    private const int DeepestLevel = 32;

    private static readonly string[] CoreTags = ["str", "int", "float", "bool", "null", "seq", "map"];

    private readonly string text;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);

    private YamlTree(string text)
    {
        this.text = text;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads the one document of a text.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <returns>Its root; null where there is none.</returns>
    /// <exception cref="YamlFaultException">It is not YAML, or more than one document.</exception>
    public static YamlNode? Read(string text)
    {
        RefuseControlCharacters(text);
        var tree = new YamlTree(text);
        try
        {
            return tree.Document();
        }
        catch (YamlException malformed)
        {
            throw tree.Fault(malformed);
        }
        catch (Exception lost) when (lost is not (YamlFaultException or OutOfMemoryException))
        {
            // Some wrong texts bring the library into states of which it only knows that they are wrong.
            throw new YamlFaultException(tree.parser.Current is { } last ? PlaceOf(last.End) : Place.Start, "is not YAML from here on.", lost);
        }
    }

    // The scanner takes a NUL for the end of the text, and what follows would be lost without a word.
    private static void RefuseControlCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\t' or '\n' or '\r' or '\u0085') && char.IsControl(text[i]))
                throw new YamlFaultException(Place.Of(text, i), $"holds the control character U+{(int)text[i]:X4}, which YAML does not allow.");
        }
    }

    private static Place PlaceOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static void RefuseTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return;
        if (!node.Tag.IsLocal && Array.Exists(CoreTags, core => node.Tag.Value == "tag:yaml.org,2002:" + core))
            return;
        throw new YamlFaultException(PlaceOf(node.Start), "has a tag (a word that begins with '!'), which means nothing here; put a text that begins so in quotes.");
    }

    private YamlNode? Document()
    {
        Next<StreamStart>();
        if (parser.MoveNext() && parser.Current is StreamEnd)
            return null;
        parser.MoveNext();
        var root = Node(1);
        Next<DocumentEnd>();
        parser.MoveNext();
        if (parser.Current is DocumentStart second)
            throw new YamlFaultException(PlaceOf(second.Start), "begins a second document; only one is allowed.");
        return root;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!parser.MoveNext() || parser.Current is not T)
            throw new YamlException($"Did not find expected {typeof(T).Name}.");
    }

    // Reads the node that the parser stands at, up to its end.
    private YamlNode Node(int level)
    {
        var current = parser.Current!;
        var place = PlaceOf(current.Start);
        if (level > DeepestLevel)
            throw new YamlFaultException(place, $"is nested deeper than {DeepestLevel} levels.");
        switch (current)
        {
            case AnchorAlias alias:
                return anchors.TryGetValue(alias.Value.Value, out var known)
                    ? known
                    : throw new YamlFaultException(place, "is an alias ('*') of an anchor ('&') that is not complete above; put a text that begins with '*' in quotes.");
            case Scalar scalar:
                RefuseTag(scalar);
                return Keep(scalar, new YamlScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty));
            case SequenceStart start:
                RefuseTag(start);
                var sequence = new YamlSequence(place);
                while (parser.MoveNext() && parser.Current is not SequenceEnd)
                    sequence.Items.Add(Node(level + 1));
                return Keep(start, sequence);
            case MappingStart start:
                RefuseTag(start);
                var mapping = new YamlMapping(place);
                while (parser.MoveNext() && parser.Current is not MappingEnd)
                {
                    var key = Node(level + 1);
                    parser.MoveNext();
                    mapping.Entries.Add(new KeyValuePair<YamlNode, YamlNode>(key, Node(level + 1)));
                }

                return Keep(start, mapping);
            default:
                throw new YamlException(current.Start, current.End, "Did not find expected node content.");
        }
    }

    // Only now, when it is complete: no node can hold itself.
    private YamlNode Keep(NodeEvent node, YamlNode made)
    {
        if (!node.Anchor.IsEmpty)
            anchors[node.Anchor.Value] = made;
        return made;
    }

    private YamlFaultException Fault(YamlException malformed)
    {
        var place = PlaceOf(malformed.Start);
        if (malformed.Message.Contains("tab ") && TabFrom(place.Line) is { } tab)
            return new YamlFaultException(tab, "is indented with a tab; YAML takes spaces only.", malformed);
        return malformed.Message.Contains("invalid mapping")
            ? new YamlFaultException(place, "is not YAML: there is a second ': ' here. Put a text that holds one in quotes, and begin a key's line exactly below the keys beside it.", malformed)
            : new YamlFaultException(place, "is not YAML: " + char.ToLowerInvariant(malformed.Message[0]) + malformed.Message.Substring(1), malformed);
    }

    // The parser only tells where the piece began that the tab stands in.
    private Place? TabFrom(int line)
    {
        var number = 1;
        foreach (var content in text.Split('\n'))
        {
            var tab = content.IndexOf('\t');
            if (number >= line && tab >= 0 && content.Substring(0, tab).Trim(' ').Length == 0)
                return new Place(number, tab + 1);
            number++;
        }

        return null;
    }
}
