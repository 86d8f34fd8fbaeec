using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AppRunner.Module.Tests.Support;
using Shouldly;
using Xunit;

namespace AppRunner.Module.Tests.Contract;

/// <summary>Dependencies have one direction, between the module's assemblies and between the namespaces of each assembly.</summary>
public partial class ArchitectureTests
{
    /// <summary>With this argument the test program writes the dependencies of the built assemblies to ARCHITECTURE.md, and runs no test.</summary>
    public const string AcceptArgument = "--accept-arrows";

    private static readonly string Page = Path.Combine(StagedModule.Source, "docs", "ARCHITECTURE.md");

    /// <summary>All assemblies of the module, in each of their builds.</summary>
    public static TheoryData<string> Assemblies { get; } =
        [.. Directory.GetFiles(StagedModule.Folder, "AppRunner*.dll", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(StagedModule.Folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>Writes the dependencies to the page.</summary>
    public static int Accept()
    {
        File.WriteAllText(Page, Block().Replace(File.ReadAllText(Page).ReplaceLineEndings("\n"), _ => Built()));
        Console.WriteLine("Written: " + Page);
        return 0;
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_form_no_cycle(string dll)
    {
        using var code = new StagedCode(dll);
        code.Uses().ShouldNotBeEmpty();

        string.Join("\n", NamespaceArrows.Of(code).Cycles()).ShouldBeEmpty();
        string.Join("\n", NamespaceArrows.OfTopLevel(code).Cycles()).ShouldBeEmpty();
    }

    [Fact]
    public void A_cycle_is_reported_with_its_types()
    {
        var arrows = NamespaceArrows.OfTopLevel([("X.Top.T", "X.A.One"), ("X.A.One", "X.B.Deep.Two`1"), ("X.B.Three", "X.C.Four"), ("X.C.Four", "X.A.One"), ("X.C.Four", "X.Low.L")], "X");

        arrows.Cycles().ShouldHaveSingleItem().ShouldStartWith("A -> B (One uses Two) -> C (Three uses Four) -> A (Four uses One)\n3 namespaces");
    }

    [Fact]
    public void The_arrows_match_the_architecture_page() => Block().Match(File.ReadAllText(Page).ReplaceLineEndings("\n")).Value.ShouldBe(Built(),
        $"Where the change is meant, accept it: dotnet run --project tests/Module.Tests -- {AcceptArgument}");

    // A line for each assembly and for each of its namespaces; an assembly that is built for both editions is listed once.
    private static string Built()
    {
        var text = new StringBuilder();
        foreach (var dll in Assemblies.Select(row => row.Data).DistinctBy(Path.GetFileName).OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal))
        {
            using var code = new StagedCode(dll);
            var used = code.References.Where(name => name.StartsWith("AppRunner", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
            text.Append($"{code.Name}{(used.Length == 0 ? null : " -> " + string.Join(", ", used))}\n");
            foreach (var line in NamespaceArrows.OfTopLevel(code).Lines())
                text.Append($"    {line}\n");
        }

        return text.ToString();
    }

    [GeneratedRegex("(?<=```text arrows\n).*?(?=```)", RegexOptions.Singleline)]
    private static partial Regex Block();
}
