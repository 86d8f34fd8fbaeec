using System;

namespace AppRunner.Packaging;

/// <summary>Where a package is made: in a workflow of the project's repository, or on somebody's computer, of which nothing is to be told.</summary>
internal sealed record BuildOrigin
{
    /// <summary>The address of the repository that the workflow belongs to.</summary>
    public string? ProjectUri { get; private init; }

    /// <summary>The icon, of the very commit.</summary>
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

    /// <summary>A tag releases the version that it names, with notes that are finished.</summary>
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
