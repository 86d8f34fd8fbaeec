using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using AppRunner.Packaging;
using Xunit;

namespace AppRunner.Package.Tests;

/// <summary>The package, built by the documented command and unpacked like an installed module into an otherwise empty module folder.</summary>
public sealed class BuiltPackage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ar-package-");

    /// <summary>The folder for PSModulePath.</summary>
    public string ModulePath => Path.Combine(_folder.FullName, "modules");

    /// <summary>The unpacked module.</summary>
    public string Module { get; private set; } = "";

    /// <summary>The entry names of the package.</summary>
    public string[] Entries { get; private set; } = [];

    internal string File => Made("*.nupkg");

    internal string Sbom => Made("*.cdx.json");

    internal ModuleManifest Manifest => ModuleManifest.Read(Path.Combine(Module, ModuleManifest.FileName));

    public async ValueTask InitializeAsync()
    {
        await BuildAsync();
        using var package = await ZipFile.OpenReadAsync(File, TestContext.Current.CancellationToken);
        Entries = [.. package.Entries.Select(entry => entry.FullName)];
        var version = Path.GetFileNameWithoutExtension(File)["AppRunner.".Length..];
        Module = Path.Combine(ModulePath, "AppRunner", version);
        foreach (var entry in package.Entries.Where(entry => !IsPackageOnly(entry.FullName)))
        {
            var target = Path.Combine(Module, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The files of the NuGet format, which are not installed.</summary>
    internal static bool IsPackageOnly(string entry) =>
        entry is "[Content_Types].xml" or "AppRunner.nuspec" || entry.StartsWith("_rels/", StringComparison.Ordinal) || entry.StartsWith("package/", StringComparison.Ordinal);

    internal string Nuspec()
    {
        using var package = ZipFile.OpenRead(File);
        using var reader = new StreamReader(package.GetEntry("AppRunner.nuspec")!.Open());
        return reader.ReadToEnd();
    }

    private string Made(string pattern) => _folder.GetFiles(pattern).Single().FullName;

    private async Task BuildAsync()
    {
        // No build server may keep the output open. Analyzers already ran when the tests were built.
        var start = new ProcessStartInfo("dotnet", ["build", "packaging", "-t:Package", "--no-restore", "-nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", $"-p:PackageFolder={_folder.FullName}/"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The package's URLs depend on where it is built.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var error = build.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"'dotnet build packaging -t:Package' failed:\n{output}\n{await error}");
    }
}
