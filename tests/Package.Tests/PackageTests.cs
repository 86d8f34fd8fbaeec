using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using AppRunner.Packaging;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

[Collection(nameof(BuiltPackage))]
public sealed class PackageTests(BuiltPackage package)
{
    [Fact]
    public void The_package_has_exactly_the_listed_files()
    {
        package.Entries.Where(entry => !BuiltPackage.IsPackageOnly(entry)).ShouldBe(ShippedFiles.All, ignoreOrder: true);
    }

    [Fact]
    public void No_build_or_test_file_is_listed()
    {
        string[] kinds = [".dll", ".ps1xml", ".psd1", ".txt", "LICENSE"];

        ShippedFiles.All.Where(file => file != "en-US/AppRunner.dll-Help.xml").ShouldAllBe(file => kinds.Any(kind => file.EndsWith(kind, StringComparison.Ordinal)));
        ShippedFiles.All.ShouldAllBe(file => !file.Contains("runtimes/", StringComparison.Ordinal) && !file.Contains("Test", StringComparison.Ordinal));
        // Each folder has an assembly once; the Model and the cmdlets are not in the private folders.
        ShippedFiles.All.ShouldBeUnique();
        ShippedFiles.All.Where(file => file.StartsWith("private/", StringComparison.Ordinal)).Select(Path.GetFileName).ShouldNotContain(file => file == "AppRunner.dll" || file == "AppRunner.Model.dll" || file == "System.Management.Automation.dll");
    }

    [Fact]
    public void An_extra_or_missing_file_fails_the_packaging()
    {
        var module = Directory.CreateTempSubdirectory("ar-files-");
        try
        {
            foreach (var file in ShippedFiles.All)
                Write(module.FullName, file);
            Should.NotThrow(() => ShippedFiles.Check(module.FullName));
            Write(module.FullName, ShippedFiles.Catalog);
            Should.NotThrow(() => ShippedFiles.Check(module.FullName));

            Write(module.FullName, "private/core/AppRunner.Client.pdb");
            File.Delete(Path.Combine(module.FullName, "LICENSE"));

            var stopped = Should.Throw<PackagingException>(() => ShippedFiles.Check(module.FullName));
            stopped.Message.ShouldContain("does not list private/core/AppRunner.Client.pdb");
            stopped.Message.ShouldContain("lists LICENSE, which the build did not create");
        }
        finally
        {
            module.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_nuspec_has_the_metadata_of_the_PowerShell_Gallery()
    {
        var metadata = XDocument.Parse(package.Nuspec()).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        var manifest = package.Manifest;

        Of("id").ShouldBe("AppRunner");
        Of("version").ShouldBe(manifest.Version);
        Of("authors").ShouldBe(manifest.Author);
        Of("owners").ShouldBe(manifest.Company);
        Of("description").ShouldBe(manifest.Description);
        Of("copyright").ShouldBe(manifest.Copyright);
        Of("licenseUrl").ShouldBe("https://www.apache.org/licenses/LICENSE-2.0");
        Of("releaseNotes").ShouldBe(manifest.ReleaseNotes);
        // The gallery may refuse elements that Publish-PSResource does not write.
        metadata.Elements().Select(element => element.Name.LocalName).ShouldBeSubsetOf(["id", "version", "authors", "owners", "requireLicenseAcceptance", "licenseUrl", "projectUrl", "iconUrl", "description", "releaseNotes", "copyright", "tags"]);
    }

    [Fact]
    public void The_tags_include_the_module_and_each_cmdlet()
    {
        var tags = XDocument.Parse(package.Nuspec()).Descendants().Single(element => element.Name.LocalName == "tags").Value;
        var tagList = tags.Split(' ');

        tagList.ShouldBeUnique();
        tagList.ShouldContain("PSModule");
        tagList.ShouldContain("PSEdition_Core");
        tagList.ShouldContain("PSEdition_Desktop");
        tagList.ShouldContain("PSIncludes_Cmdlet");
        package.Manifest.Cmdlets.ShouldContain("New-ARService");
        foreach (var cmdlet in package.Manifest.Cmdlets)
            tagList.ShouldContain($"PSCommand_{cmdlet}");
        tagList.Count(word => word.StartsWith("PSCmdlet_", StringComparison.Ordinal)).ShouldBe(package.Manifest.Cmdlets.Count);
        tags.Length.ShouldBeLessThan(4000, "NuGet's servers keep no more");
    }

    [Fact]
    public void The_release_notes_are_the_changelog_section_of_the_version()
    {
        var notes = ReleaseNotes.Find(Repository.Read("CHANGELOG.md"), package.Manifest.Version)!;

        package.Manifest.ReleaseNotes.ShouldBe(notes.Text);
        notes.Text.Length.ShouldBeLessThan(35000, "the gallery keeps no more");
    }

    [Fact]
    public void The_package_is_reproducible()
    {
        var folder = Directory.CreateTempSubdirectory("ar-again-");
        try
        {
            foreach (var file in ShippedFiles.Staged(package.Module))
                File.SetLastWriteTimeUtc(Path.Combine(package.Module, file), new DateTime(2020, 2, 2, 0, 0, 0, DateTimeKind.Utc));

            var again = GalleryPackage.Write(package.Module, folder.FullName);

            Path.GetFileName(again).ShouldBe(Path.GetFileName(package.File));
            File.ReadAllBytes(again).SequenceEqual(File.ReadAllBytes(package.File)).ShouldBeTrue();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
