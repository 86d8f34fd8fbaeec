using System.IO;

namespace AppRunner.Shell.Execution;

/// <summary>Where the build has staged the module.</summary>
internal static class ModuleLocation
{
    private const string Manifest = "AppRunner.psd1";

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

    public static string ManifestIn(string modulePath) => Path.Combine(modulePath, "AppRunner", Manifest);
}
