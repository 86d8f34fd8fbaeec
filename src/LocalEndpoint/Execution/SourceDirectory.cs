using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The folder of a repository that holds the application.</summary>
internal static class SourceDirectory
{
    /// <summary>The folder's real path. It lies in the repository, whatever links say.</summary>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="directory">A service's SourceDirectory; <c>/</c> is the repository itself.</param>
    /// <exception cref="DeploymentException">There is no such folder in the repository.</exception>
    public static string Find(string repository, string directory)
    {
        var path = Inside(repository, Path.Combine(repository, directory.Trim('/', '\\')), $"SourceDirectory {directory}");
        return Directory.Exists(path) ? path : throw new DeploymentException($"SourceDirectory: there is no folder {directory} in the repository.");
    }

    /// <summary>The real path of something that must lie in the repository.</summary>
    /// <param name="repository">The checked out repository, by its real path.</param>
    /// <param name="path">The path, with links or not.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="DeploymentException">It leads out of the repository.</exception>
    public static string Inside(string repository, string path, string what)
    {
        string real;
        try
        {
            real = RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DeploymentException($"{what} cannot be used: {e.Message}");
        }

        // What git keeps for itself is no part of the source code.
        if (!RealPath.IsInside(real, repository) || real[repository.Length..].Split(Path.DirectorySeparatorChar).Contains(".git", StringComparer.OrdinalIgnoreCase))
            throw new DeploymentException($"{what} leads out of the repository.");
        return real;
    }
}

/// <summary>Where a path really leads.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without any link in it. What is not there stays as it is written.</summary>
    /// <param name="path">A whole path.</param>
    /// <exception cref="IOException">The links go round in a circle, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static string Of(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var current = root;
        var steps = new Stack<string>(Steps(path[root.Length..]));
        var links = 0;
        while (steps.TryPop(out var step))
        {
            if (step == ".")
                continue;
            if (step == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, step);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException($"Too many links on the way to {path}.");
            if (Path.IsPathRooted(target))
                current = Path.GetPathRoot(target)!;
            foreach (var inner in Steps(target[(Path.IsPathRooted(target) ? current.Length : 0)..]))
                steps.Push(inner);
        }

        return current;
    }

    /// <summary>Whether a path is a folder's or lies in it. Both are real ones.</summary>
    public static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The last one first, as a stack wants it.
    private static IEnumerable<string> Steps(string path) =>
        Enumerable.Reverse(path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries));
}
