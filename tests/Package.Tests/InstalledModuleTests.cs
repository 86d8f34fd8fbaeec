using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

[Collection(nameof(BuiltPackage))]
public sealed class InstalledModuleTests(BuiltPackage package)
{
    [Fact]
    public async Task The_quick_start_runs_from_the_unpacked_package_alone()
    {
        // A copy of the examples: beside the originals lies the module of the build.
        var examples = Directory.CreateTempSubdirectory("ar-examples-");
        try
        {
            Copy(Repository.PathOf("examples"), examples.FullName);
            var script = $"& '{examples.FullName}/quickstart.ps1'; 'MODULE|' + (Get-Module AppRunner).ModuleBase; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object {{ 'LOADED|' + $_.GetName().Name + '|' + $_.Location }}";

            // It builds an application three times.
            var run = await ShellProcess.Run(
                ["-ModulePath", package.ModulePath, "-Command", script],
                environment: [KeyValuePair.Create("PSModulePath", package.ModulePath)],
                limit: TimeSpan.FromMinutes(10));

            run.ExitCode.ShouldBe(0, run.Error + run.Output);
            run.Error.ShouldBeEmpty();
            run.Output.ShouldContain("answers: Hello from version 2");
            run.Output.ShouldContain("ROLLBACK_SUCCEEDED");
            Lines(run, "MODULE").Single()[0].ShouldBe(package.Module);
            var loaded = Lines(run, "LOADED").Where(line => IsShipped(line[0])).ToArray();
            new[] { "AppRunner", "AppRunner.Model", "AppRunner.Client", "AppRunner.LocalEndpoint", "YamlDotNet", "AWSSDK.Core" }.ShouldBeSubsetOf(loaded.Select(line => line[0]));
            loaded.ShouldAllBe(line => line[1].StartsWith(package.Module, StringComparison.Ordinal));
        }
        finally
        {
            examples.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_without_the_module_is_told_and_nothing_else_is_taken()
    {
        var run = await ShellProcess.Run(["-ModulePath", Repository.PathOf("examples"), "-Command", "Get-Module"]);

        run.ErrorText.ShouldContain("There is no module AppRunner in");
        run.Output.ShouldBeEmpty();
    }

    private static bool IsShipped(string assembly) =>
        assembly is "AppRunner" or "YamlDotNet" || assembly.StartsWith("AWSSDK.", StringComparison.Ordinal) || (assembly.StartsWith("AppRunner.", StringComparison.Ordinal) && assembly != "AppRunner.Shell");

    private static IEnumerable<string[]> Lines(ShellProcess run, string kind) => run.OutputLines.Where(line => line.StartsWith(kind + '|', StringComparison.Ordinal)).Select(line => line.Split('|')[1..]);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            Copy(folder, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(folder))).FullName);
    }
}
