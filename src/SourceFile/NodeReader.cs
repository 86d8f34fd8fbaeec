using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppRunner.SourceFile;

/// <summary>Reads YAML nodes as sections with known keys, lists and strings. Reports nodes of another kind.</summary>
internal sealed class NodeReader
{
    private readonly Diagnostics diagnostics;

    public NodeReader(Diagnostics diagnostics)
    {
        this.diagnostics = diagnostics;
    }

    /// <summary>Reads a section of the format.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="path">Its path, empty for the root.</param>
    /// <returns>Its known keys; null if there is none.</returns>
    public SectionKeys? Section(YamlNode? node, string path) => Keys(node, path, Array.Find(KeyHints.Sections, section => section.Section == path).Keys, path);

    /// <summary>Reads a mapping with known keys.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <param name="known">The known keys.</param>
    /// <param name="section">The section of <see cref="KeyHints.Sections"/>.</param>
    /// <returns>The keys that are there; null if there is nothing.</returns>
    public SectionKeys? Keys(YamlNode? node, string path, string[] known, string section)
    {
        if (node is not YamlMappingNode mapping)
        {
            if (node is YamlScalarNode { IsPlain: true } text && Array.Find(known, key => text.Text.StartsWith(key + ":", StringComparison.Ordinal)) is { } glued)
                diagnostics.Add(node.Start, path, $"must be a section with the keys {string.Join(", ", known)}; \"{glued}:\" needs a space after the colon.");
            else if (node is not null)
                diagnostics.Add(node.Start, path, $"must be a section with the keys {string.Join(", ", known)}.");
            return null;
        }

        var keys = new SectionKeys(diagnostics, mapping.Start, path);
        foreach (var entry in mapping.Children)
        {
            if (diagnostics.IsFull)
                break;
            if (entry.Key is not YamlScalarNode key)
                diagnostics.Add(entry.Key.Start, path, "has a key that is not a string.");
            else if (known.Contains(key.Text))
                keys.Add(key.Text, key.Start, entry.Value);
            else
                AddUnknown(key, keys, path, known, section);
        }

        return keys;
    }

    /// <summary>Reads the entries of a list.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <param name="what">The content of the list, for the message.</param>
    /// <returns>Every entry that is not empty, with its path.</returns>
    public IEnumerable<(YamlNode Node, string Path)> Items(YamlNode? node, string path, string what)
    {
        if (node is not YamlSequenceNode list)
        {
            if (node is not null)
                diagnostics.Add(node.Start, path, $"must be a list: {what}.");
            yield break;
        }

        for (var i = 0; i < list.Children.Count && !diagnostics.IsFull; i++)
        {
            var itemPath = $"{path}[{i}]";
            if (list.Children[i] is YamlScalarNode { IsNull: true } empty)
                diagnostics.Add(empty.Start, itemPath, "is empty.");
            else
                yield return (list.Children[i], itemPath);
        }
    }

    /// <summary>Reads a string.</summary>
    /// <param name="node">The node; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The string; null if there is none.</returns>
    public YamlScalarNode? Text(YamlNode? node, string path)
    {
        if (node is not null and not YamlScalarNode)
            diagnostics.Add(node.Start, path, $"must be a string, not a {(node is YamlSequenceNode ? "list" : "section")}; put a string that contains ': ' or begins with a special character in quotes.");
        return node as YamlScalarNode;
    }

    private void AddUnknown(YamlScalarNode key, SectionKeys keys, string path, string[] known, string section)
    {
        var (message, meant) = KeyHints.For(key.Text, section, known);
        diagnostics.Add(key.Start, Diagnostics.Join(path, key.Text), message);
        if (meant is not null)
            keys.Misspelled.Add(meant);
    }
}

/// <summary>The known keys of one section that are present.</summary>
internal sealed class SectionKeys
{
    private readonly Diagnostics diagnostics;
    private readonly Mark start;
    private readonly string path;
    private readonly Dictionary<string, (Mark Position, YamlNode Value)> values = new(StringComparer.Ordinal);

    public SectionKeys(Diagnostics diagnostics, Mark start, string path)
    {
        this.diagnostics = diagnostics;
        this.start = start;
        this.path = path;
    }

    /// <summary>The keys that were given under another name, which is reported: they are not reported as missing.</summary>
    public HashSet<string> Misspelled { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a key; null if the key is missing or has no value.</summary>
    public YamlNode? this[string key] => values.TryGetValue(key, out var found) && found.Value is not YamlScalarNode { IsNull: true } ? found.Value : null;

    /// <summary>Adds a key.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="position">Its position.</param>
    /// <param name="value">Its value.</param>
    public void Add(string key, Mark position, YamlNode value)
    {
        if (values.TryGetValue(key, out var first))
            diagnostics.Add(position, Diagnostics.Join(path, key), $"is given twice, first on line {first.Position.Line}.");
        else
            values.Add(key, (position, value));
    }

    /// <summary>The value of a required key.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="advice">The advice if it has no value.</param>
    /// <returns>Null if it is missing or has no value, which is reported.</returns>
    public YamlNode? Required(string key, string advice = "")
    {
        if (!values.TryGetValue(key, out var found) && Misspelled.Contains(key))
            return null;
        if (found.Value is null)
            diagnostics.Add(start, Diagnostics.Join(path, key), "is required.");
        else if (this[key] is null)
            diagnostics.Add(found.Position, Diagnostics.Join(path, key), "has no value" + advice + ".");
        return this[key];
    }
}

/// <summary>Properties of one YAML value. App Runner's format uses the text as written, whatever type YAML gives it.</summary>
internal static class YamlScalars
{
    extension(YamlScalarNode scalar)
    {
        /// <summary>The value as written.</summary>
        public string Text => scalar.Value ?? string.Empty;

        /// <summary>Whether it is not quoted, so that YAML may read it as a number or null.</summary>
        public bool IsPlain => scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;

        /// <summary>Whether it is null.</summary>
        public bool IsNull => scalar.IsPlain && scalar.Text is "" or "~" or "null" or "Null" or "NULL";
    }
}
