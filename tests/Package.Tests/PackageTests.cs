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
    public void The_package_has_the_files_that_are_listed_and_no_others()
    {
        package.Entries.Where(entry => !BuiltPackage.IsPackageOnly(entry)).ShouldBe(ShippedFiles.All, ignoreOrder: true);
    }

    [Fact]
    public void Nothing_of_the_build_or_the_tests_is_listed()
    {
        string[] kinds = [".dll", ".ps1xml", ".psd1", ".txt", "LICENSE"];

        ShippedFiles.All.Where(file => file != "en-US/AppRunner.dll-Help.xml").ShouldAllBe(file => kinds.Any(kind => file.EndsWith(kind, StringComparison.Ordinal)));
        ShippedFiles.All.ShouldAllBe(file => !file.Contains("runtimes/", StringComparison.Ordinal) && !file.Contains("Test", StringComparison.Ordinal));
        // One assembly by one name in one folder; the Model and the cmdlets are in none of the private ones.
        ShippedFiles.All.ShouldBeUnique();
        ShippedFiles.All.Where(file => file.StartsWith("private/", StringComparison.Ordinal)).Select(Path.GetFileName).ShouldNotContain(file => file == "AppRunner.dll" || file == "AppRunner.Model.dll" || file == "System.Management.Automation.dll");
    }

    [Fact]
    public void A_file_too_many_or_too_few_stops_the_packaging()
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
    public void The_nuspec_says_what_the_gallery_reads()
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
        // What Publish-PSResource does not write may be refused.
        metadata.Elements().Select(element => element.Name.LocalName).ShouldBeSubsetOf(["id", "version", "authors", "owners", "requireLicenseAcceptance", "licenseUrl", "projectUrl", "iconUrl", "description", "releaseNotes", "copyright", "tags"]);
    }

    [Fact]
    public void The_tags_lead_to_the_module_and_to_each_of_its_cmdlets()
    {
        var tags = XDocument.Parse(package.Nuspec()).Descendants().Single(element => element.Name.LocalName == "tags").Value;
        var words = tags.Split(' ');

        words.ShouldBeUnique();
        words.ShouldContain("PSModule");
        words.ShouldContain("PSEdition_Core");
        words.ShouldContain("PSEdition_Desktop");
        words.ShouldContain("PSIncludes_Cmdlet");
        package.Manifest.Cmdlets.ShouldContain("New-ARService");
        foreach (var cmdlet in package.Manifest.Cmdlets)
            words.ShouldContain($"PSCommand_{cmdlet}");
        words.Count(word => word.StartsWith("PSCmdlet_", StringComparison.Ordinal)).ShouldBe(package.Manifest.Cmdlets.Count);
        tags.Length.ShouldBeLessThan(4000, "NuGet's servers keep no more");
    }

    [Fact]
    public void The_release_notes_are_the_versions_section_of_the_changelog()
    {
        var notes = ReleaseNotes.Find(Repository.Read("CHANGELOG.md"), package.Manifest.Version)!;

        package.Manifest.ReleaseNotes.ShouldBe(notes.Text);
        notes.Text.Length.ShouldBeLessThan(35000, "the gallery keeps no more");
    }

    [Fact]
    public void The_same_files_make_the_same_package()
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
