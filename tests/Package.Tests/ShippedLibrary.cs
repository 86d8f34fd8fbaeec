using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace AppRunner.Package.Tests;

/// <summary>The third-party libraries of the module, as NuGet restored them.</summary>
/// <param name="Package">The package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dll">The full path of one of its dlls.</param>
internal sealed record ShippedLibrary(string Package, string Version, string Dll)
{
    private static readonly string[] Projects = ["Client", "SourceFile", "LocalEndpoint"];

    private string Folder => Dll[..Dll.IndexOf(Path.Combine(Version, "lib") + Path.DirectorySeparatorChar, StringComparison.Ordinal)] + Version;

    /// <summary>The licence that the package declares, or whose text it has.</summary>
    public string Licence
    {
        get
        {
            var nuspec = XDocument.Load(Directory.GetFiles(Folder, "*.nuspec").Single());
            if (nuspec.Descendants().SingleOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression") is { } expression)
                return expression.Value;
            return File.ReadAllText(Path.Combine(Folder, "LICENSE.TXT")).StartsWith("The MIT License (MIT)", StringComparison.Ordinal) ? "MIT" : "unknown";
        }
    }

    /// <summary>All libraries, one entry for each dll.</summary>
    public static IReadOnlyList<ShippedLibrary> All { get; } = [.. Projects.SelectMany(Restored).Distinct()];

    private static IEnumerable<ShippedLibrary> Restored(string project)
    {
        using var assets = JsonDocument.Parse(Repository.Read("src", project, "obj", "project.assets.json"));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var paths = assets.RootElement.GetProperty("libraries");
        var found = new List<ShippedLibrary>();
        foreach (var library in assets.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (library.Value.GetProperty("type").GetString() != "package" || !library.Value.TryGetProperty("runtime", out var files))
                continue;
            var name = library.Name.Split('/');
            var path = paths.GetProperty(library.Name).GetProperty("path").GetString()!;
            var folder = folders.Select(folder => Path.Combine(folder, path)).First(Directory.Exists);
            found.AddRange(files.EnumerateObject().Where(file => file.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(file => new ShippedLibrary(name[0], name[1], Path.GetFullPath(Path.Combine(folder, file.Name)))));
        }

        return found;
    }
}
