using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Folders;

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
