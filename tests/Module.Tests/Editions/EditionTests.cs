using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Editions;

/// <summary>All references of the module's assemblies resolve in PowerShell 7.4 and in Windows PowerShell 5.1.</summary>
public class EditionTests
{
    // The one assembly that Windows PowerShell never loads, because it has no load contexts.
    private const string CoreOnly = "AppRunner.Loader";

    [Fact]
    public void All_references_resolve_in_Windows_PowerShell_with_NET_Framework_4_7_2()
    {
        var staged = Dlls(StagedModule.Folder).Concat(Dlls(Path.Combine(StagedModule.Folder, "private", "desktop"))).ToArray();

        Missing(staged, except: CoreOnly, Dlls(Provided("NetFramework")), Dlls(Path.Combine(Provided("NetFramework"), "Facades")), Dlls(Provided("PowerShellStandard"))).ShouldBeEmpty();
    }

    [Fact]
    public void All_references_resolve_in_PowerShell_7_with_NET_8()
    {
        var staged = Dlls(StagedModule.Folder).Concat(Dlls(Path.Combine(StagedModule.Folder, "private", "core"))).ToArray();

        Missing(staged, except: null, Dlls(Provided("Net8")), Dlls(Provided("PowerShellStandard"))).ShouldBeEmpty();
    }

    [Fact]
    public void An_unresolved_reference_is_reported()
    {
        // The local endpoint is built for .NET 8 only, so the check must report references that the .NET Framework does not have.
        var endpoint = Path.Combine(StagedModule.Folder, "private", "core", "AppRunner.LocalEndpoint.dll");

        var missing = Missing([endpoint], except: null, Dlls(StagedModule.Folder), Dlls(Provided("NetFramework")), Dlls(Path.Combine(Provided("NetFramework"), "Facades")), Dlls(Provided("PowerShellStandard")));

        missing.ShouldContain(problem => problem.StartsWith("AppRunner.LocalEndpoint: no type ", StringComparison.Ordinal));
        missing.ShouldContain(problem => problem.StartsWith("AppRunner.LocalEndpoint: no System.String.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_manifest_has_both_editions_and_their_requirements()
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
