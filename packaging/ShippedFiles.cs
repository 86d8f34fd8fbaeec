using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace AppRunner.Packaging;

/// <summary>The files of the package, as listed in files.txt.</summary>
internal static class ShippedFiles
{
    /// <summary>The signed catalog with the hashes of all files. Only a signed package has it.</summary>
    public const string Catalog = "AppRunner.cat";

    /// <summary>Paths in the package.</summary>
    public static IReadOnlyList<string> All { get; } = ReadList();

    public static void Check(string module)
    {
        var staged = Staged(module).Where(file => file != Catalog).ToArray();
        var surplus = staged.Except(All).ToArray();
        var missing = All.Except(staged).ToArray();
        if (surplus.Length + missing.Length == 0)
            return;
        var what = new List<string>();
        if (surplus.Length > 0)
            what.Add($"does not list {string.Join(", ", surplus)}");
        if (missing.Length > 0)
            what.Add($"lists {string.Join(", ", missing)}, which the build did not create");
        throw new PackagingException("packaging/files.txt", string.Join("; it ", what) + ". It lists the files of the package: change it or the build");
    }

    /// <summary>The files in a module's folder.</summary>
    public static IReadOnlyList<string> Staged(string module) =>
    [
        .. Directory.GetFiles(module, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(module, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static string[] ReadList()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("files.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}
