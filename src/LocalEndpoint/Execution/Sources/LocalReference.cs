using System;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Sources;

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
