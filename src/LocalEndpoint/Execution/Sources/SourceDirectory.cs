using System;
using System.IO;
using System.Linq;
using AppRunner.LocalEndpoint.Execution.Folders;

namespace AppRunner.LocalEndpoint.Execution.Sources;

/// <summary>The folder of a repository that holds the application.</summary>
internal static class SourceDirectory
{
    /// <summary>The folder's real path. It lies in the repository, whatever links say.</summary>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="directory">A service's SourceDirectory; <c>/</c> is the repository itself.</param>
    /// <exception cref="DeploymentFailure">There is no such folder in the repository.</exception>
    public static string Find(string repository, string directory)
    {
        var path = Inside(repository, Path.Combine(repository, directory.Trim('/', '\\')), $"SourceDirectory {directory}");
        return Directory.Exists(path) ? path : throw new DeploymentFailure($"SourceDirectory: there is no folder {directory} in the repository.");
    }

    /// <summary>The real path of something that must lie in the repository.</summary>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="path">The path, with links or not.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="DeploymentFailure">It leads out of the repository.</exception>
    public static string Inside(string repository, string path, string what)
    {
        string real;
        try
        {
            real = RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DeploymentFailure($"{what} cannot be used: {e.Message}");
        }

        // What git keeps for itself is no part of the source code.
        if (!RealPath.IsInside(real, repository) || real[repository.Length..].Split(Path.DirectorySeparatorChar).Contains(".git", StringComparer.OrdinalIgnoreCase))
            throw new DeploymentFailure($"{what} leads out of the repository.");
        return real;
    }
}
