using System;
using System.Collections.Generic;
using System.Linq;
using AppRunner.Definitions.Yaml;
using AppRunner.Model.Rules;

namespace AppRunner.Definitions;

/// <summary>Takes nodes for what they should be: sections with known keys, lists, texts. Says what is something else.</summary>
internal sealed class NodeReader
{
    // Every key of the format with the section that it belongs into.
    private static readonly (string Section, string[] Keys)[] Sections =
    [
        (string.Empty, ["version", "runtime", "build", "run"]),
        ("build", ["commands", "env"]),
        ("build.commands", ["pre-build", "build", "post-build"]),
        ("run", ["runtime-version", "pre-run", "command", "network", "env", "secrets"]),
        ("run.network", ["port", "env"]),
    ];

    private readonly Findings findings;

    public NodeReader(Findings findings)
    {
        this.findings = findings;
    }

    /// <summary>A section of the format.</summary>
    /// <param name="node">What should be one; null for none.</param>
    /// <param name="path">Its path, empty for the root.</param>
    /// <returns>Its known keys; null where there is none.</returns>
    public SectionKeys? Section(YamlNode? node, string path) => Keys(node, path, Array.Find(Sections, section => section.Section == path).Keys);

    /// <summary>What has these keys and no others.</summary>
    /// <param name="node">What should have them; null for nothing.</param>
    /// <param name="path">Its path.</param>
    /// <param name="known">The keys.</param>
    /// <returns>The keys that are there; null where there is nothing.</returns>
    public SectionKeys? Keys(YamlNode? node, string path, string[] known)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is not null)
                findings.Add(node.Place, path, $"must hold the keys {string.Join(", ", known)}.");
            return null;
        }

        var keys = new SectionKeys(findings, mapping.Place, path);
        foreach (var entry in mapping.Entries)
        {
            if (findings.IsFull)
                break;
            if (entry.Key is not YamlScalar key)
                findings.Add(entry.Key.Place, path, "has a key that is no text.");
            else if (known.Contains(key.Text))
                keys.Add(key.Text, key.Place, entry.Value);
            else
                findings.Add(key.Place, Findings.Join(path, key.Text), NotKnown(key.Text, known));
        }

        return keys;
    }

    /// <summary>The entries of a list.</summary>
    /// <param name="node">What should be one; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <param name="what">What the list holds, for the finding.</param>
    /// <returns>Every entry that holds anything, with its path.</returns>
    public IEnumerable<(YamlNode Node, string Path)> Items(YamlNode? node, string path, string what)
    {
        if (node is not YamlSequence list)
        {
            if (node is not null)
                findings.Add(node.Place, path, $"must be a list: {what}.");
            yield break;
        }

        for (var i = 0; i < list.Items.Count && !findings.IsFull; i++)
        {
            var here = $"{path}[{i}]";
            if (list.Items[i] is YamlScalar { IsNull: true } empty)
                findings.Add(empty.Place, here, "is empty.");
            else
                yield return (list.Items[i], here);
        }
    }

    /// <summary>A text.</summary>
    /// <param name="node">What should be one; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The text; null where there is none.</returns>
    public YamlScalar? Text(YamlNode? node, string path)
    {
        if (node is not null and not YamlScalar)
            findings.Add(node.Place, path, $"must be a text, not a {(node is YamlSequence ? "list" : "section")}; a text that holds ': ' or begins with a sign must stand in quotes.");
        return node as YamlScalar;
    }

    private static string NotKnown(string key, string[] known)
    {
        if (key == "<<")
            return "is YAML's way to merge sections, which the format does not have; write the keys out.";
        var home = Array.Find(Sections, section => section.Keys.Contains(key)).Section;
        if (home is not null)
            return $"is not known here; it belongs {(home.Length == 0 ? "to the left margin" : "into " + home)}.";
        var near = Suggestions.Nearest(key, known);
        return "is not known here" + (near is null ? $"; known are {string.Join(", ", known)}." : $"; did you mean {near}?");
    }
}
