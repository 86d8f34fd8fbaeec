using System.Collections.Generic;
using AppRunner.Packaging;
using Shouldly;
using Xunit;

namespace AppRunner.Package.Tests;

public sealed class ManifestTests
{
    private const string Manifest = """
        @{
            ModuleVersion   = '1.2.0'
            CmdletsToExport = @('Get-It', 'Set-It')
            PrivateData     = @{
                PSData = @{
                    Tags         = @('one', 'two')
                    # A comment.
                    ReleaseNotes = 'old'
                }
            }
        }
        """;

    [Fact]
    public void Manifest_values_are_replaced_and_the_rest_is_kept()
    {
        var changed = Parse(Manifest).With("ReleaseNotes", "- It's new.\n- And ‘typographic’.").With("ProjectUri", "https://example.com/it");

        changed.ReleaseNotes.ShouldBe("- It's new.\n- And ‘typographic’.");
        changed.ProjectUri.ShouldBe("https://example.com/it");
        changed.Tags.ShouldBe(["one", "two"]);
        changed.Cmdlets.ShouldBe(["Get-It", "Set-It"]);
        changed.Text.ShouldContain("# A comment.");
        changed.Text.ShouldContain("            ProjectUri = 'https://example.com/it'\n            Tags ");
    }

    [Fact]
    public void A_prerelease_version_ends_with_its_label()
    {
        Parse(Manifest).With("Prerelease", "beta1").Version.ShouldBe("1.2.0-beta1");
    }

    [Fact]
    public void A_malformed_manifest_is_an_error_with_its_file()
    {
        Should.Throw<PackagingException>(() => Parse("@{ ModuleVersion = ")).File.ShouldBe("It.psd1");
        Should.Throw<PackagingException>(() => Parse("@{ ModuleVersion = '1.0' }")).Message.ShouldContain("PrivateData");
    }

    [Fact]
    public void A_local_package_has_no_repository_URL()
    {
        BuildOrigin.FromEnvironment(_ => null).ShouldBe(new BuildOrigin());
    }

    [Fact]
    public void A_package_from_GitHub_Actions_has_ProjectUri_and_IconUri_of_its_commit()
    {
        var origin = Origin(("GITHUB_SERVER_URL", "https://example.com"), ("GITHUB_REPOSITORY", "owner/name"), ("GITHUB_SHA", "abc"), ("GITHUB_REF_TYPE", "branch"), ("GITHUB_REF_NAME", "main"));

        origin.ProjectUri.ShouldBe("https://example.com/owner/name");
        origin.IconUri.ShouldBe("https://example.com/owner/name/raw/abc/docs/images/icon.png");
        System.IO.File.Exists(Repository.PathOf("docs", "images", "icon.png")).ShouldBeTrue();
        origin.Tag.ShouldBeNull();
    }

    [Theory]
    [InlineData("v1.2.0", "1.2.0 (2026-12-01)", null)]
    [InlineData("v1.2.1", "1.2.0 (2026-12-01)", "the tag is v1.2.1, but the version is 1.2.0")]
    [InlineData("v1.2.0", "1.2.0 (unreleased)", "give it its date")]
    public void A_release_tag_must_match_the_version_and_a_dated_changelog_section(string tag, string heading, string? problem)
    {
        var origin = Origin(("GITHUB_REF_TYPE", "tag"), ("GITHUB_REF_NAME", tag));
        void Check() => origin.CheckTag("1.2.0", new ReleaseNotes(heading, "- Something."));

        if (problem is null)
            Should.NotThrow(Check);
        else
            Should.Throw<PackagingException>(Check).Message.ShouldContain(problem);
    }

    [Fact]
    public void Release_notes_are_the_changelog_section_with_unwrapped_entries()
    {
        const string Changelog = """
            # Changelog

            ## 1.2.0 (2026-12-01)

            - First, which is
              long.
              - Nested.
            - Second.

            ## 1.2.0-beta1

            - Older.
            """;

        ReleaseNotes.Find(Changelog, "1.2.0")!.Text.ShouldBe("- First, which is long.\n  - Nested.\n- Second.");
        ReleaseNotes.Find(Changelog, "1.2.0-beta1")!.Text.ShouldBe("- Older.");
        ReleaseNotes.Find(Changelog, "1.2").ShouldBeNull();
    }

    private static ModuleManifest Parse(string text) => ModuleManifest.Parse("It.psd1", text);

    private static BuildOrigin Origin(params (string Name, string Value)[] variables)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
            values[name] = value;
        return BuildOrigin.FromEnvironment(values.GetValueOrDefault);
    }
}
