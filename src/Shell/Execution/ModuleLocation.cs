using System.IO;

namespace AppRunner.Shell.Execution;

/// <summary>Where the module is.</summary>
internal static class ModuleLocation
{
    public const string Name = "AppRunner";

    private const string Manifest = Name + ".psd1";

    /// <summary>The folder to put into PSModulePath; null where no built module is found above the shell.</summary>
    public static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var staged = Path.Combine(folder.FullName, "out");
            if (File.Exists(ManifestIn(staged)))
                return staged;
        }

        return null;
    }

    public static string ManifestIn(string modulePath) => Path.Combine(modulePath, Name, Manifest);

    /// <summary>Whether a folder of modules has this one, with or without a folder for its version.</summary>
    public static bool IsInstalledIn(string modulePath) => Directory.Exists(Path.Combine(modulePath, Name));
}
