using System;

namespace AppRunner.Packaging;

/// <summary>The build of a package: in a workflow of the project's repository, or on another computer, whose data must not be in the package.</summary>
internal sealed record BuildOrigin
{
    /// <summary>The URL of the workflow's repository.</summary>
    public string? ProjectUri { get; private init; }

    /// <summary>The URL of the icon at the built commit.</summary>
    public string? IconUri { get; private init; }

    /// <summary>The tag that started the workflow.</summary>
    public string? Tag { get; private init; }

    public static BuildOrigin FromEnvironment(Func<string, string?> variable)
    {
        var project = variable("GITHUB_SERVER_URL") is { Length: > 0 } server && variable("GITHUB_REPOSITORY") is { Length: > 0 } repository ? $"{server}/{repository}" : null;
        return new BuildOrigin
        {
            ProjectUri = project,
            IconUri = project is not null && variable("GITHUB_SHA") is { Length: > 0 } commit ? $"{project}/raw/{commit}/docs/images/icon.png" : null,
            Tag = variable("GITHUB_REF_TYPE") == "tag" ? variable("GITHUB_REF_NAME") : null,
        };
    }

    /// <summary>Checks that a tag matches the version and that its release notes are complete.</summary>
    public void CheckTag(string version, ReleaseNotes notes)
    {
        if (Tag is null)
            return;
        if (Tag != $"v{version}")
            throw new PackagingException(ModuleManifest.FileName, $"the tag is {Tag}, but the version is {version}");
        if (notes.IsUnreleased)
            throw new PackagingException("CHANGELOG.md", $"the tag {Tag} releases the section '{notes.Heading}': replace \"unreleased\" with the release date");
    }
}
