using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A source code repository (API: CodeRepository).</summary>
public sealed class CodeRepository
{
    /// <summary>The repository's address, such as <c>https://github.com/owner/name</c>. Required.</summary>
    [Required, Length(0, 51200)]
    public string? RepositoryUrl { get; set; }

    /// <summary>The branch. Required.</summary>
    [Required]
    public SourceCodeVersion? SourceCodeVersion { get; set; }

    /// <summary>How it is built and started. Required when a service is created.</summary>
    [KeptIfAbsent]
    public CodeConfiguration? CodeConfiguration { get; set; }

    /// <summary>The folder of the application and apprunner.yaml, 1 to 4096 characters. Default: the repository's root.</summary>
    [Length(1, 4096), Pattern("[^\\x00]+", "a folder's path without a null character"), Default("/")]
    public string? SourceDirectory { get; set; }

    /// <summary>Repository, branch and folder.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() =>
        $"{RepositoryUrl} ({SourceCodeVersion?.Value}{(SourceDirectory is null ? string.Empty : ", " + SourceDirectory)})";
}

/// <summary>The version of source code to deploy (API: SourceCodeVersion).</summary>
public sealed class SourceCodeVersion
{
    /// <summary>The kind of version: BRANCH. Required.</summary>
    [Required, OneOf(typeof(SourceCodeVersionType)), Default(SourceCodeVersionType.Branch)]
    public string? Type { get; set; }

    /// <summary>The branch's name. Required.</summary>
    [Required, Length(0, 51200), Default("main")]
    public string? Value { get; set; }

    /// <summary>Type and value.</summary>
    /// <returns>Such as <c>BRANCH main</c>.</returns>
    public override string ToString() =>
        $"{Type} {Value}";
}

/// <summary>Known kinds of source version (API: SourceCodeVersionType).</summary>
public static class SourceCodeVersionType
{
    /// <summary>The newest commit of a branch.</summary>
    public const string Branch = "BRANCH";
}
