using System;
using System.IO;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Deletes what builds and programs leave: write-protected files, folders that may not be entered. Links are deleted and never followed.</summary>
internal static class FolderRemoval
{
    /// <summary>Deletes a file, or a folder with all that is in it. What is not there counts as deleted.</summary>
    /// <returns>Null where it is gone; else why not.</returns>
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
