using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>The source directory of a repository.</summary>
internal static class SourceDirectory
{
    /// <summary>Finds the source directory. Symbolic links must not lead out of the repository.</summary>
    /// <param name="repository">The real path of the checked out repository.</param>
    /// <param name="directory">The SourceDirectory of the service; <c>/</c> is the root of the repository.</param>
    /// <exception cref="DeploymentException">The folder does not exist in the repository.</exception>
    public static string Find(string repository, string directory)
    {
        var path = Inside(repository, Path.Combine(repository, directory.Trim('/', '\\')), $"SourceDirectory {directory}");
        return Directory.Exists(path) ? path : throw new DeploymentException($"SourceDirectory: there is no folder {directory} in the repository.");
    }

    /// <summary>Resolves a path that must be inside the repository.</summary>
    /// <param name="repository">The real path of the checked out repository.</param>
    /// <param name="path">The path, which may contain symbolic links.</param>
    /// <param name="what">The name of the path, for messages.</param>
    /// <exception cref="DeploymentException">It is outside the repository.</exception>
    public static string Inside(string repository, string path, string what)
    {
        string real;
        try
        {
            real = RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DeploymentException($"{what} cannot be used: {FailureText.Sentence(e.Message)}");
        }

        // The .git folder is not source code.
        if (!RealPath.IsInside(real, repository) || real[repository.Length..].Split(Path.DirectorySeparatorChar).Contains(".git", StringComparer.OrdinalIgnoreCase))
            throw new DeploymentException($"{what} is outside the repository.");
        return real;
    }
}

/// <summary>Resolves symbolic links.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>Resolves all symbolic links in a path. Parts that do not exist are kept.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">The links form a cycle, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder of the path cannot be accessed.</exception>
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

            if (++links > MaxLinks)
                throw new IOException($"Too many symbolic links in {path}.");
            if (Path.IsPathRooted(target))
                current = Path.GetPathRoot(target)!;
            foreach (var inner in Steps(target[(Path.IsPathRooted(target) ? current.Length : 0)..]))
                steps.Push(inner);
        }

        return current;
    }

    /// <summary>Whether a path is a folder or inside it. Both must be real paths.</summary>
    public static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // In reverse order, for the stack.
    private static IEnumerable<string> Steps(string path) =>
        Enumerable.Reverse(path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries));
}
