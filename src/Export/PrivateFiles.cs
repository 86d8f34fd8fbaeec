using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;
using AppRunner.Model;
#if NET
using System.Runtime.Versioning;
#endif

namespace AppRunner.Export;

/// <summary>Writes files that only their owner can read, because they contain the values of environment variables.</summary>
internal static class PrivateFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all files or none: each is complete in a temporary file before the first one gets its name.</summary>
    /// <param name="folder">The folder; created if it is absent.</param>
    /// <param name="files">The files.</param>
    /// <param name="overwrite">Whether existing files are replaced.</param>
    /// <exception cref="InvalidParameterException">A file exists or cannot be written, or a name leads out of the folder.</exception>
    public static void Write(string folder, IReadOnlyList<ExportedFile> files, bool overwrite)
    {
        var written = new List<(string Temporary, string Path)>();
        var moved = new List<string>();
        try
        {
            // The names come from responses: none may lead out of the folder.
            if (files.FirstOrDefault(file => !char.IsLetterOrDigit(file.Name[0]) || Path.GetFileName(file.Name) != file.Name) is { } misplaced)
                throw new InvalidParameterException($"The service's name makes no file name: '{misplaced.Name}'.");
            Directory.CreateDirectory(folder);
            foreach (var path in files.Select(file => Path.Combine(folder, file.Name)))
            {
                if (Directory.Exists(path))
                    throw new InvalidParameterException($"Path: '{path}' is a folder.");
                if (!overwrite && File.Exists(path))
                    throw new InvalidParameterException($"Path: '{path}' exists.") { RecommendedAction = "Nothing was written. Use -Force to replace it, or another -Path." };
            }

            foreach (var file in files)
            {
                var temporary = Path.Combine(folder, $".{file.Name}.{Guid.NewGuid():N}");
                written.Add((temporary, Path.Combine(folder, file.Name)));
                using var stream = Create(temporary);
                var bytes = Utf8.GetBytes(file.Content);
                stream.Write(bytes, 0, bytes.Length);
            }

            foreach (var (temporary, path) in written)
            {
                Move(temporary, path, overwrite);
                moved.Add(path);
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // What was replaced cannot be brought back; what is new is removed.
            if (!overwrite)
                moved.ForEach(Remove);
            throw new InvalidParameterException($"Path: '{folder}' cannot be written: {FailureText.Sentence(unwritable.Message)}", unwritable) { RecommendedAction = "Check the folder, its permissions and the free space, and run the command again." };
        }
        finally
        {
            foreach (var (temporary, _) in written)
                Remove(temporary);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }

#if NET
    private static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? CreateOnWindows(path)
        : new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path) => new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, OnlyUser());

    private static void Move(string from, string to, bool overwrite) => File.Move(from, to, overwrite);

    [SupportedOSPlatform("windows")]
#else
    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, OnlyUser());

    // File.Replace would keep the permissions of the old file.
    private static void Move(string from, string to, bool overwrite)
    {
        if (overwrite)
            File.Delete(to);
        File.Move(from, to);
    }

#endif
    private static FileSecurity OnlyUser()
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = WindowsIdentity.GetCurrent();
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
