using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;

namespace AppRunner.Module.Tests.Docs;

/// <summary>The README's table of cmdlets and their operations.</summary>
internal static class ReadmeTable
{
    // A row is: | words | `Cmdlet` Operation, Operation · `Cmdlet` (words) |
    public static IReadOnlyList<(string Cmdlet, string[] Operations)> Entries { get; } = Read();

    /// <summary>The operations that a cmdlet calls.</summary>
    public static string[] OperationsOf(string cmdlet) => Entries.Single(entry => entry.Cmdlet == cmdlet).Operations;

    private static (string Cmdlet, string[] Operations)[] Read()
    {
        var readme = File.ReadAllText(Path.Combine(StagedModule.Source, "README.md")).ReplaceLineEndings("\n");
        var section = Regex.Match(readme, "^## Cmdlets\n(.*?)(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        return (from Match entry in Regex.Matches(section, @"`([A-Za-z]+-[A-Za-z]+)`([^`·|]*)")
                let operations = Regex.Replace(entry.Groups[2].Value, @"\([^)]*\)", string.Empty)
                select (entry.Groups[1].Value, operations.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))).ToArray();
    }
}
