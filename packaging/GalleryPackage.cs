using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Versioning;

namespace AppRunner.Packaging;

/// <summary>Creates the package that Publish-PSResource would create, with the tags that the gallery uses to find commands.</summary>
/// <remarks>
/// The PowerShell Gallery reads the older elements licenseUrl and iconUrl, and its tools write them. It does not document license and icon,
/// which replace them in NuGet.
/// </remarks>
internal static class GalleryPackage
{
    // 1 January 1980, in seconds since 1970.
    private const string FirstTime = "315532800";

    public static string FileName(ModuleManifest manifest) => $"{manifest.Name}.{NuGetVersion.Parse(manifest.Version).ToNormalizedString()}.nupkg";

    /// <summary>Packs a module's folder.</summary>
    /// <returns>The package's path.</returns>
    public static string Write(string module, string folder)
    {
        var manifest = ModuleManifest.Read(Path.Combine(module, ModuleManifest.FileName));
        // Deterministic: the same files give the same package. The timestamp is the earliest that a zip file can have.
        var package = new PackageBuilder(deterministic: true, NullLogger.Instance)
        {
            DeterministicTimestamp = FirstTime,
            Id = manifest.Name,
            Version = NuGetVersion.Parse(manifest.Version),
            Description = manifest.Description,
            Copyright = manifest.Copyright,
            ReleaseNotes = manifest.ReleaseNotes,
            LicenseUrl = Address(manifest.LicenseUri),
            ProjectUrl = Address(manifest.ProjectUri),
            IconUrl = Address(manifest.IconUri),
        };
        package.Authors.Add(manifest.Author);
        package.Owners.Add(manifest.Company);
        package.Tags.AddRange(Tags(manifest));
        foreach (var file in ShippedFiles.Staged(module))
            package.Files.Add(new PhysicalPackageFile { SourcePath = Path.Combine(module, file), TargetPath = file });

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName(manifest));
        using var stream = File.Create(path);
        package.Save(stream);
        return path;
    }

    // The tags of Publish-Module; Find-PSResource -CommandName searches the last ones.
    private static IEnumerable<string> Tags(ModuleManifest manifest) =>
    [
        .. manifest.Tags,
        "PSModule",
        "PSIncludes_Cmdlet",
        .. manifest.Cmdlets.Select(cmdlet => $"PSCmdlet_{cmdlet}"),
        .. manifest.Cmdlets.Select(cmdlet => $"PSCommand_{cmdlet}"),
    ];

    private static Uri? Address(string? text) => text is null ? null : new Uri(text);
}
