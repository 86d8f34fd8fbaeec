using System;
using System.IO;

namespace AppRunner.Packaging;

/// <summary>The steps of the Package target that MSBuild cannot do.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["complete", var module, var repository]:
                    Complete(module, repository);
                    return 0;
                case ["pack", var module, var folder]:
                    ShippedFiles.Check(module);
                    GalleryPackage.Write(module, folder);
                    return 0;
                default:
                    Console.Error.WriteLine("Usage: complete <module folder> <repository folder> | pack <module folder> <folder for the package>");
                    return 2;
            }
        }
        catch (PackagingException wrong)
        {
            // MSBuild recognizes this format as an error.
            Console.Error.WriteLine($"{wrong.File} : error : {wrong.Message}");
            return 1;
        }
    }

    /// <summary>Adds the release notes and the project URL to the staged manifest.</summary>
    private static void Complete(string module, string repository)
    {
        var path = Path.Combine(module, ModuleManifest.FileName);
        var manifest = ModuleManifest.Read(path);
        var notes = ReleaseNotes.Read(Path.Combine(repository, "CHANGELOG.md"), manifest.Version);
        var origin = BuildOrigin.FromEnvironment(Environment.GetEnvironmentVariable);
        origin.CheckTag(manifest.Version, notes);
        manifest = manifest.With("ReleaseNotes", notes.Text);
        if (manifest.ProjectUri is null && origin.ProjectUri is null)
            Console.WriteLine("The package has no project URL: set ProjectUri in AppRunner.psd1, or package in GitHub Actions.");
        if (manifest.ProjectUri is null && origin.ProjectUri is { } project)
            manifest = manifest.With("ProjectUri", project);
        if (manifest.IconUri is null && origin.IconUri is { } icon)
            manifest = manifest.With("IconUri", icon);
        File.WriteAllText(path, manifest.Text);
    }
}
