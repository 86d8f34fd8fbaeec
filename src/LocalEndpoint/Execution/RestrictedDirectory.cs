using System;
using System.IO;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using AppRunner.Model;

namespace AppRunner.LocalEndpoint.Execution;

/// <summary>Creates and verifies folders that only the user can access.</summary>
internal static class RestrictedDirectory
{
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Creates a folder that does not exist, in an existing folder.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not create it.</exception>
    public static string Make(string path)
    {
        if (OperatingSystem.IsWindows())
            MakeOnWindows(path);
        else
            Directory.CreateDirectory(path, OnlyUser);
        return path;
    }

    /// <summary>Creates a folder, or verifies that only the user can write to an existing one.</summary>
    /// <exception cref="LocalEndpointException">The folder cannot be used.</exception>
    public static void CreateOrVerify(string path)
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
                throw new LocalEndpointException($"Other users can write to the work folder {path} and could change what is run. Choose another folder, or remove their write permission (chmod go-w).");

            // Only the owner may set the mode of a folder: this verifies the owner.
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new LocalEndpointException($"The work folder {path} cannot be used: {FailureText.Sentence(e.Message)}", e);
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
