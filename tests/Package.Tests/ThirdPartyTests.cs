using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

[Collection(nameof(BuiltPackage))]
public sealed partial class ThirdPartyTests(BuiltPackage package)
{
    private IEnumerable<string> ForeignDlls => Directory.GetFiles(package.Module, "*.dll", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("AppRunner", StringComparison.Ordinal));

    [Fact]
    public void Third_party_dlls_ship_unmodified()
    {
        foreach (var dll in ForeignDlls)
        {
            var bytes = File.ReadAllBytes(dll);
            ShippedLibrary.All.ShouldContain(library => Path.GetFileName(library.Dll) == Path.GetFileName(dll) && File.ReadAllBytes(library.Dll).SequenceEqual(bytes), dll);
        }
    }

    [Fact]
    public void The_notices_list_every_third_party_library_with_version_and_licence()
    {
        var shipped = Shipped().Select(library => $"{library.Package} {library.Version} - {library.Licence}").Distinct();

        Noticed(File.ReadAllText(Path.Combine(package.Module, "THIRD-PARTY-NOTICES.txt"))).ShouldBe(shipped, ignoreOrder: true);
    }

    [Fact]
    public void The_notices_include_the_licence_texts()
    {
        var notices = File.ReadAllText(Path.Combine(package.Module, "THIRD-PARTY-NOTICES.txt"));

        notices.ShouldContain("Permission is hereby granted, free of charge");
        notices.ShouldContain("THE SOFTWARE IS PROVIDED \"AS IS\"");
        File.ReadAllText(Path.Combine(package.Module, "LICENSE")).ShouldContain("Apache License");
    }

    [Fact]
    public void The_SBOM_lists_exactly_the_libraries_that_ship()
    {
        using var sbom = JsonDocument.Parse(File.ReadAllText(package.Sbom));
        var root = sbom.RootElement;
        var component = root.GetProperty("metadata").GetProperty("component");
        var shipped = Shipped().Select(library => $"pkg:nuget/{library.Package}@{library.Version}").Distinct();

        root.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        root.TryGetProperty("serialNumber", out _).ShouldBeTrue("an attestation is not made without one");
        component.GetProperty("name").GetString().ShouldBe("AppRunner");
        component.GetProperty("version").GetString().ShouldBe(package.Manifest.Version);
        root.GetProperty("components").EnumerateArray().Select(library => library.GetProperty("purl").GetString()).ShouldBe(shipped, ignoreOrder: true);
        root.GetProperty("components").EnumerateArray().ShouldAllBe(library => library.GetProperty("hashes").GetArrayLength() > 0);
    }

    private static IEnumerable<string> Noticed(string notices)
    {
        var licence = "";
        foreach (var line in notices.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
                licence = heading.Groups["licence"].Value;
            else if (Entry().IsMatch(line))
                yield return $"{line.Trim()} - {licence}";
        }
    }

    [GeneratedRegex("^.+ - (?<licence>Apache-2.0|MIT)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^  \S+ \d\S+$")]
    private static partial Regex Entry();

    private IEnumerable<ShippedLibrary> Shipped()
    {
        var names = ForeignDlls.Select(Path.GetFileName).ToHashSet();
        return ShippedLibrary.All.Where(library => names.Contains(Path.GetFileName(library.Dll)));
    }
}
