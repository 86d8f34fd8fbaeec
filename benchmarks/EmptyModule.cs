using System.IO;

namespace AppRunner.Benchmarks;

/// <summary>An empty module, as the baseline of an import.</summary>
internal static class EmptyModule
{
    public static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("empty-module-").FullName;
        var manifest = Path.Combine(folder, "Empty.psd1");
        File.WriteAllText(Path.Combine(folder, "Empty.psm1"), string.Empty);
        File.WriteAllText(manifest, "@{ ModuleVersion = '1.0'; RootModule = 'Empty.psm1'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }");
        return manifest;
    }
}
