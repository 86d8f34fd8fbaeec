using System;
using System.Collections.Generic;
using AppRunner.Definitions.Yaml;
using AppRunner.Model;

namespace AppRunner.Definitions;

/// <summary>Reads lists of names with values: the environment of the build and of the run, and the secrets.</summary>
internal sealed class NamedValues
{
    // The lengths are the API's, for the same variables.
    private static readonly MapAttribute Variable = new(51200, 0, 51200);
    private static readonly MapAttribute Secret = new(2048, 1, 2048);

    private readonly Findings findings;
    private readonly NodeReader reader;

    public NamedValues(Findings findings, NodeReader reader)
    {
        this.findings = findings;
        this.reader = reader;
    }

    /// <summary>Environment variables.</summary>
    /// <param name="node">The list; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The values by their names.</returns>
    public Dictionary<string, string> Variables(YamlNode? node, string path) => Read(node, path, "value", "; write '' for an empty one", Variable);

    /// <summary>References to secrets and parameters.</summary>
    /// <param name="node">The list; null for none.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The references by the variables' names.</returns>
    public Dictionary<string, string> Secrets(YamlNode? node, string path) => Read(node, path, "value-from", string.Empty, Secret);

    /// <summary>Checks the name of a variable.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">Its path.</param>
    public void CheckName(YamlScalar name, string path)
    {
        RefuseSign(name, path);
        Check(Variable, name.Place, path, name.Text, string.Empty);
    }

    private Dictionary<string, string> Read(YamlNode? node, string path, string valueKey, string advice, MapAttribute lengths)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (item, here) in reader.Items(node, path, $"'- name: NAME' with '{valueKey}: TEXT' below it, once for each variable"))
        {
            if (reader.Keys(item, here, ["name", valueKey]) is not { } keys)
                continue;
            var name = reader.Text(keys.Required("name"), here + ".name");
            var value = reader.Text(keys.Required(valueKey, advice), $"{here}.{valueKey}");
            if (value is not null && lengths == Secret && value.Text.Length > 0 && !MapAttribute.IsReference(value.Text))
                findings.Add(value.Place, $"{here}.{valueKey}", "is neither the ARN of a Secrets Manager secret or SSM parameter nor a parameter's name; plain values belong into run.env.");
            if (name is null)
                continue;
            RefuseSign(name, here + ".name");
            Check(lengths, item.Place, here, name.Text, value?.Text ?? "-");
            if (lines.TryGetValue(name.Text, out var first))
                findings.Add(name.Place, here + ".name", $"is given twice, first in line {first}.");
            else
                lines.Add(name.Text, name.Place.Line);
            values[name.Text] = value?.Text ?? string.Empty;
        }

        return values;
    }

    private void RefuseSign(YamlScalar name, string path)
    {
        if (name.Text.Contains("="))
            findings.Add(name.Place, path, "holds '=', which no variable's name can.");
    }

    private void Check(MapAttribute lengths, Place place, string path, string name, string value)
    {
        foreach (var finding in lengths.Check(new Dictionary<string, string> { [name] = value }))
            findings.Add(place, path, finding.Message + ".", finding.Severity);
    }
}
