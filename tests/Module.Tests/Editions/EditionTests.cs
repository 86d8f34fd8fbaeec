using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Editions;

/// <summary>One package for two editions: everything that its dlls name is there, in PowerShell 7.4 and in Windows PowerShell 5.1.</summary>
public class EditionTests
{
    // The one dll that Windows PowerShell never touches: it has no load contexts.
    private const string CoreOnly = "AppRunner.Loader";

    [Fact]
    public void Windows_PowerShell_finds_all_that_is_named_in_the_module_and_in_the_NET_Framework_4_7_2()
    {
        var staged = Dlls(StagedModule.Folder).Concat(Dlls(Path.Combine(StagedModule.Folder, "private", "desktop"))).ToArray();

        Missing(staged, except: CoreOnly, Dlls(Provided("NetFramework")), Dlls(Path.Combine(Provided("NetFramework"), "Facades")), Dlls(Provided("PowerShellStandard"))).ShouldBeEmpty();
    }

    [Fact]
    public void PowerShell_7_finds_all_that_is_named_in_the_module_and_in_NET_8()
    {
        var staged = Dlls(StagedModule.Folder).Concat(Dlls(Path.Combine(StagedModule.Folder, "private", "core"))).ToArray();

        Missing(staged, except: null, Dlls(Provided("Net8")), Dlls(Provided("PowerShellStandard"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_not_there_is_found()
    {
        // .NET 8 has what the .NET Framework has not: the local endpoint, which is not for Windows PowerShell, shows that the check sees it.
        var endpoint = Path.Combine(StagedModule.Folder, "private", "core", "AppRunner.LocalEndpoint.dll");

        var missing = Missing([endpoint], except: null, Dlls(StagedModule.Folder), Dlls(Provided("NetFramework")), Dlls(Path.Combine(Provided("NetFramework"), "Facades")), Dlls(Provided("PowerShellStandard")));

        missing.ShouldContain(problem => problem.StartsWith("AppRunner.LocalEndpoint: no type ", StringComparison.Ordinal));
        missing.ShouldContain(problem => problem.StartsWith("AppRunner.LocalEndpoint: no System.String.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_manifest_names_both_editions_and_what_they_need()
    {
        using var session = Session.Plain();

        var module = session.Run("Get-Module AppRunner").ShouldBeClean().Output.ShouldHaveSingleItem().ShouldNotBeNull();

        ((IEnumerable<string>)module.Properties["CompatiblePSEditions"].Value).ShouldBe(["Desktop", "Core"]);
        module.Properties["PowerShellVersion"].Value.ShouldBe(new Version(5, 1));
        module.Properties["DotNetFrameworkVersion"].Value.ShouldBe(new Version(4, 7, 2));
    }

    private static string[] Missing(string[] staged, string? except, params IEnumerable<string>[] provided)
    {
        using var around = new AssemblyFolder(staged.Concat(provided.SelectMany(files => files)));
        var names = staged.Select(path => Path.GetFileNameWithoutExtension(path)).ToArray();
        return names.Where(name => name != except)
            .Select(name => new ReferenceCheck(around, name))
            .SelectMany(check => check.MissingAssemblies(name => names.Contains(name)).Concat(check.MissingMembers()))
            .ToArray();
    }

    private static string[] Dlls(string folder)
    {
        var files = Directory.GetFiles(folder, "*.dll");
        files.ShouldNotBeEmpty(folder);
        return files;
    }

    private static string Provided(string name) =>
        typeof(EditionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
