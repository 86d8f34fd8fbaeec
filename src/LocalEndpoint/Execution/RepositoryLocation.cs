using System;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Where a repository is: a folder of this computer, or an https address.</summary>
/// <param name="Address">What git is given: a whole path or an https address, so never one of its options.</param>
/// <param name="Shown">The same without a password.</param>
/// <param name="Protocol">The only protocol that git may speak for it.</param>
internal sealed record RepositoryLocation(string Address, string Shown, string Protocol)
{
    /// <summary>Whether it is on this computer.</summary>
    public bool IsLocal => Protocol == "file";

    /// <summary>Reads a service's RepositoryUrl.</summary>
    /// <exception cref="DeploymentException">It is no location that can be used here.</exception>
    public static RepositoryLocation Parse(string text)
    {
        if (text.Any(char.IsControl))
            throw new DeploymentException("RepositoryUrl holds control characters.");
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
                throw new DeploymentException("RepositoryUrl is no valid https address.");
            return new RepositoryLocation(text, address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped), "https");
        }

        var path = text;
        if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !address.IsFile || address.Host.Length > 0)
                throw new DeploymentException($"RepositoryUrl names no folder of this computer: {text}");
            path = address.LocalPath;
        }
        else if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new DeploymentException("RepositoryUrl can be an https:// or file:// address or a folder's path here, and nothing else.");
        }

        if (!Path.IsPathFullyQualified(path))
            throw new DeploymentException($"RepositoryUrl must be a whole path, from the root on, or an https:// or file:// address: {text}");
        path = Path.GetFullPath(path);
        if (!Directory.Exists(path))
            throw new DeploymentException($"There is no folder {path}, which RepositoryUrl names.");
        return new RepositoryLocation(path, path, "file");
    }
}

/// <summary>The rules that git has for a branch's name.</summary>
internal static class BranchName
{
    private const string Forbidden = " ~^:?*[\\";

    /// <summary>The full name of a branch, such as <c>refs/heads/main</c>, which means nothing else to git.</summary>
    /// <exception cref="DeploymentException">No branch can be called so.</exception>
    public static string Reference(string? name)
    {
        var bad = string.IsNullOrEmpty(name)
            || name[0] is '-'
            || name.Any(c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal))
            || name.Contains("..", StringComparison.Ordinal)
            || name.Contains("@{", StringComparison.Ordinal)
            || name.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part[^1] == '.' || part.EndsWith(".lock", StringComparison.Ordinal));
        return bad ? throw new DeploymentException($"SourceCodeVersion: no branch can be called '{name}'.") : "refs/heads/" + name;
    }
}

/// <summary>Branches of a repository on this computer, as far as they can be read without git: that costs nothing however often it is done.</summary>
internal static class LocalReference
{
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;

    /// <summary>The commit that a branch is at; null where only git can tell.</summary>
    /// <param name="location">A repository on this computer.</param>
    /// <param name="reference">The branch's full name.</param>
    public static string? TryRead(RepositoryLocation location, string reference) =>
        new[] { Path.Combine(location.Address, ".git"), location.Address }.Select(folder => ReadCommit(Path.Combine(folder, reference))).FirstOrDefault(commit => commit is not null);

    /// <summary>The commit that a file holds; null where it holds none.</summary>
    public static string? ReadCommit(string file)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            var text = File.ReadAllText(file).TrimEnd('\n');
            return text.Length is Sha1Length or Sha256Length && text.All(char.IsAsciiHexDigit) ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
