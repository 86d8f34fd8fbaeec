using System;
using System.IO;
using System.Linq;

namespace AppRunner.LocalEndpoint.Execution.Processes;

/// <summary>Finds programs by name, as a shell does. The working folder is not looked at.</summary>
internal static class ProgramFinder
{
    /// <summary>The whole path of a program; null where it is not on the PATH.</summary>
    /// <param name="name">Its name without an extension.</param>
    /// <param name="path">The folders to look in; null for the session's.</param>
    public static string? Find(string name, string? path = null)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (path ?? Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
