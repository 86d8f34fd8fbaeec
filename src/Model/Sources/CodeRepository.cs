using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using AppRunner.Model.Rules;

namespace AppRunner.Model;

/// <summary>A source code repository (API: CodeRepository).</summary>
public sealed class CodeRepository : ICrossFieldRules
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

    // Not an attribute of the member: its message would quote the URL, which can contain a token.
    /// <inheritdoc/>
    IEnumerable<Problem> ICrossFieldRules.CheckTogether(object root)
    {
        if (RepositoryAddress.ProblemOf(RepositoryUrl) is { } problem)
            yield return problem;
    }

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

/// <summary>Checks the address of a repository. App Runner deploys from GitHub and Bitbucket; the local endpoint also from folders.</summary>
internal static class RepositoryAddress
{
    private const string Form = "https://github.com/OWNER/NAME or https://bitbucket.org/OWNER/NAME";

    // Git hosts for which App Runner has no connection.
    private static readonly Regex OtherHost = new("\\A(?:[a-z0-9-]+\\.)*(?:gitlab\\.com|codeberg\\.org|dev\\.azure\\.com|visualstudio\\.com|sourceforge\\.net|gitee\\.com|gist\\.github\\.com)\\z|codecommit", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2));

    /// <summary>Whether a repository is in GitHub or Bitbucket.</summary>
    /// <param name="url">The address.</param>
    /// <returns>True if App Runner needs a connection for it.</returns>
    public static bool IsHosted(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal) && uri.Host is "github.com" or "bitbucket.org";

    /// <summary>The problem of an address; null if App Runner or the local endpoint can take it.</summary>
    /// <param name="url">The address. It is never quoted whole, because it can contain a token.</param>
    /// <returns>An error, or a warning for a host that is not known.</returns>
    public static Problem? ProblemOf(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return null;

        if (url!.Trim() != url)
            return Error("begins or ends with white space.");

        // git@host:owner/name is not a URI. A drive letter is one character.
        if (Regex.IsMatch(url, "\\A(?:[^/\\\\@:]+@[^/\\\\:]+:|(?:ssh|git|git\\+ssh|git\\+https)://)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase))
            return Error($"is an SSH or git address, but must be {Form}.");
        if (Regex.IsMatch(url, "\\A(?:www\\.)?(?:github\\.com|bitbucket\\.org|gitlab\\.com)[/:]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase))
            return Error($"has no scheme, but must be {Form}.");
        if (url.StartsWith("codecommit:", StringComparison.OrdinalIgnoreCase))
            return Error($"is in AWS CodeCommit, but App Runner deploys only from GitHub and Bitbucket: {Form}.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return null;
        if (OtherHost.IsMatch(uri.Host))
            return Error($"is in {uri.Host}, but App Runner deploys only from GitHub and Bitbucket: {Form}.");
        if (uri.UserInfo.Length > 0)
            return Error($"contains a user name or token, but must be {Form}; App Runner uses the connection of ConnectionArn.");
        return IsHosted(url) || uri.Host.StartsWith("www.", StringComparison.Ordinal) && uri.Host.Substring(4) is "github.com" or "bitbucket.org" ? ProblemOf(uri) : new Problem("RepositoryUrl", $"is in {uri.Host}, but App Runner deploys only from GitHub and Bitbucket.", ProblemSeverity.Warning);
    }

    private static Problem? ProblemOf(Uri uri)
    {
        var steps = uri.AbsolutePath.Trim('/').Split('/');
        if (steps.Length < 2)
            return Error($"names no repository; it must be {Form}.");
        if (!Regex.IsMatch(steps[0] + steps[1], "\\A[A-Za-z0-9._-]+\\z", RegexOptions.CultureInvariant))
            return Error($"has an owner or a name with characters that neither can have; it must be {Form}.");
        var repository = $"https://{(uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host.Substring(4) : uri.Host)}/{steps[0]}/{steps[1]}";
        if (steps.Length > 3 && steps[2] is "tree" or "src" or "blob" or "branch")
            return Error($"is the address of a branch or folder; use {repository}, with the branch in SourceCodeVersion (Branch) and the folder in SourceDirectory.");
        return steps.Length > 2 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Scheme != "https" || !repository.EndsWith(uri.Host + "/" + steps[0] + "/" + steps[1], StringComparison.Ordinal)
            ? Error($"is not the address of a repository; use {repository}.")
            : null;
    }

    private static Problem Error(string message) => new("RepositoryUrl", message);
}
