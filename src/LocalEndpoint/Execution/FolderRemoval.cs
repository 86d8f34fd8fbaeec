using System;
using System.IO;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Deletes files of builds and programs, also read-only files and folders without access. Symbolic links are deleted, not followed.</summary>
internal static class FolderRemoval
{
    /// <summary>Deletes a file or a folder with its contents, if it exists.</summary>
    /// <returns>Null if it was deleted; else the reason why not.</returns>
    public static string? TryDelete(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Delete(path);
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == 1)
                    return e.Message;
                Unprotect(path);
            }
        }
    }

    private static void Delete(string path)
    {
        if (File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        else if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static void Unprotect(string path)
    {
        try
        {
            var info = new DirectoryInfo(path);
            if (!info.Exists || info.LinkTarget is not null)
                return;
            if (!OperatingSystem.IsWindows())
                info.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            foreach (var entry in info.EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo)
                    Unprotect(entry.FullName);
                else if (OperatingSystem.IsWindows())
                    entry.Attributes = FileAttributes.Normal;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The second attempt reports why.
        }
    }
}
