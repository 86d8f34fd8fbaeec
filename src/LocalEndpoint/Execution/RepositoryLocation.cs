using System;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The location of a repository: a local folder or an https URL.</summary>
/// <param name="Address">The argument for git: an absolute path or an https URL, so that it is never an option.</param>
/// <param name="DisplayAddress">The same without user name and password, for messages.</param>
/// <param name="Protocol">The only protocol that git may use.</param>
internal sealed record RepositoryLocation(string Address, string DisplayAddress, string Protocol)
{
    /// <summary>Whether it is on this computer.</summary>
    public bool IsLocal => Protocol == "file";

    /// <summary>Parses the RepositoryUrl of a service.</summary>
    /// <exception cref="DeploymentException">The location is not valid or not supported.</exception>
    public static RepositoryLocation Parse(string text)
    {
        if (text.Any(char.IsControl))
            throw new DeploymentException("RepositoryUrl contains control characters.");
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
                throw new DeploymentException("RepositoryUrl is not a valid https URL.");
            return new RepositoryLocation(text, address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped), "https");
        }

        var path = text;
        if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !address.IsFile || address.Host.Length > 0)
                throw new DeploymentException($"RepositoryUrl: '{text}' is not a folder on this computer.");
            path = address.LocalPath;
        }
        else if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new DeploymentException("RepositoryUrl must be an https:// or file:// URL or the path of a folder.");
        }

        if (!Path.IsPathFullyQualified(path))
            throw new DeploymentException($"RepositoryUrl: '{text}' must be an absolute path or an https:// or file:// URL.");
        path = Path.GetFullPath(path);
        if (!Directory.Exists(path))
            throw new DeploymentException($"RepositoryUrl: there is no folder {path}.");
        return new RepositoryLocation(path, path, "file");
    }
}

/// <summary>The rules of git for branch names.</summary>
internal static class BranchName
{
    private const string Forbidden = " ~^:?*[\\";

    /// <summary>The full name of a branch, such as <c>refs/heads/main</c>, which git cannot mistake for anything else.</summary>
    /// <exception cref="DeploymentException">The name is not valid.</exception>
    public static string Reference(string? name)
    {
        var bad = string.IsNullOrEmpty(name)
            || name[0] is '-'
            || name.Any(c => char.IsControl(c) || Forbidden.Contains(c, StringComparison.Ordinal))
            || name.Contains("..", StringComparison.Ordinal)
            || name.Contains("@{", StringComparison.Ordinal)
            || name.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part[^1] == '.' || part.EndsWith(".lock", StringComparison.Ordinal));
        return bad ? throw new DeploymentException($"SourceCodeVersion: '{name}' is not a valid branch name.") : "refs/heads/" + name;
    }
}

/// <summary>Reads branches of a local repository without starting git, which makes polling cheap.</summary>
internal static class LocalReference
{
    private const int Sha1Length = 40;
    private const int Sha256Length = 64;

    /// <summary>The current commit of a branch; null if git is needed to find it.</summary>
    /// <param name="location">A local repository.</param>
    /// <param name="reference">The full name of the branch.</param>
    public static string? TryRead(RepositoryLocation location, string reference) =>
        new[] { Path.Combine(location.Address, ".git"), location.Address }.Select(folder => ReadCommit(Path.Combine(folder, reference))).FirstOrDefault(commit => commit is not null);

    /// <summary>The commit in a file; null if there is none.</summary>
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
