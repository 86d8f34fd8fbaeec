using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace AppRunner.Shell.Cmdlets;

/// <summary>Rows of delimited text with quotes, read into objects by the names in the first row.</summary>
internal static class CsvText
{
    public static IEnumerable<PSObject> Read(string text, char delimiter, string[]? header)
    {
        var rows = Rows(text, delimiter).Where(row => row is not [""] && !(row.Count > 0 && row[0].StartsWith("#TYPE", System.StringComparison.Ordinal)));
        IReadOnlyList<string>? names = header;
        foreach (var row in rows)
        {
            if (names is null)
            {
                names = row;
                continue;
            }

            var item = new PSObject();
            for (var i = 0; i < names.Count; i++)
            {
                var name = names[i].Length > 0 ? names[i] : $"H{i + 1}";
                if (item.Properties[name] is null)
                    item.Properties.Add(new PSNoteProperty(name, i < row.Count ? row[i] : null));
            }

            yield return item;
        }
    }

    private static IEnumerable<List<string>> Rows(string text, char delimiter)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(field.ToString()))
            {
                field.Clear();
                quoted = true;
            }
            else if (c == delimiter)
            {
                row.Add(Take(field));
            }
            else if (c == '\n')
            {
                row.Add(Take(field));
                yield return row;
                row = [];
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(Take(field));
            yield return row;
        }
    }

    private static string Take(StringBuilder field)
    {
        var text = field.ToString();
        field.Clear();
        return text;
    }
}
