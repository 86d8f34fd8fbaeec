using System;
using System.IO;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Directories that only the user can read and write.</summary>
internal static class RestrictedDirectory
{
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Makes a folder that must not be there yet, in one that is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Make(string path)
    {
        if (OperatingSystem.IsWindows())
            MakeOnWindows(path);
        else
            Directory.CreateDirectory(path, OnlyUser);
        return path;
    }

    /// <summary>Makes a folder, or takes one that is there and that nobody else can write to.</summary>
    /// <exception cref="LocalEndpointException">It cannot be used.</exception>
    public static void Take(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
                    Directory.CreateDirectory(parent);
                Make(path);
                return;
            }

            if (OperatingSystem.IsWindows())
                return;
            var mode = File.GetUnixFileMode(path);
            if ((mode & WrittenByOthers) != 0)
                throw new LocalEndpointException($"The work folder {path} can be written to by other users, who could change what is run. Choose another one, or take that right from them (chmod go-w).");

            // Only its owner may set a folder's mode, be it the one that it has.
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new LocalEndpointException($"The work folder {path} cannot be used: {e.Message}", e);
        }
    }

    [SupportedOSPlatform("windows")]
    private static void MakeOnWindows(string path)
    {
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var user = WindowsIdentity.GetCurrent();
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        new DirectoryInfo(path).Create(security);
    }
}
