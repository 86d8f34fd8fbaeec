using System.IO;
using AppRunner.Conformance.Tests.JavaScript;
using Shouldly;
using Xunit;

namespace AppRunner.Conformance.Tests;

/// <summary>What the scenario rests on.</summary>
public class ScenarioTests
{
    [Fact]
    public void What_is_installed_is_pinned_and_names_no_registry()
    {
        var pinned = File.ReadAllText(Path.Combine(NodePackages.Sources, "package-lock.json"));
        pinned.ShouldContain("\"integrity\"");
        pinned.ShouldNotContain("://");
        pinned.ShouldNotContain("\"resolved\"");
    }
}
