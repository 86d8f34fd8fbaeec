using System;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Sources;

/// <summary>Where a repository is: a folder of this computer, or an https address.</summary>
/// <param name="Address">What git is given: a whole path or an https address, so never one of its options.</param>
/// <param name="Shown">The same without a password.</param>
/// <param name="Protocol">The only protocol that git may speak for it.</param>
internal sealed record RepositoryLocation(string Address, string Shown, string Protocol)
{
    /// <summary>Whether it is on this computer.</summary>
    public bool IsLocal => Protocol == "file";

    /// <summary>Reads a service's RepositoryUrl.</summary>
    /// <exception cref="DeploymentFailure">It is no location that can be used here.</exception>
    public static RepositoryLocation Parse(string text)
    {
        if (text.Any(char.IsControl))
            throw new DeploymentFailure("RepositoryUrl holds control characters.");
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
                throw new DeploymentFailure("RepositoryUrl is no valid https address.");
            return new RepositoryLocation(text, address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped), "https");
        }

        var path = text;
        if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !address.IsFile || address.Host.Length > 0)
                throw new DeploymentFailure($"RepositoryUrl names no folder of this computer: {text}");
            path = address.LocalPath;
        }
        else if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new DeploymentFailure("RepositoryUrl can be an https:// or file:// address or a folder's path here, and nothing else.");
        }

        if (!Path.IsPathFullyQualified(path))
            throw new DeploymentFailure($"RepositoryUrl must be a whole path, from the root on, or an https:// or file:// address: {text}");
        path = Path.GetFullPath(path);
        if (!Directory.Exists(path))
            throw new DeploymentFailure($"There is no folder {path}, which RepositoryUrl names.");
        return new RepositoryLocation(path, path, "file");
    }
}
