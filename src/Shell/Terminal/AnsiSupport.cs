using System;
using System.Runtime.InteropServices;

namespace AppRunner.Shell.Terminal;

/// <summary>Escape sequences are always understood on Unix; a Windows console has to be asked.</summary>
internal static class AnsiSupport
{
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 0x4;

    public static bool Enable()
    {
        if (!OperatingSystem.IsWindows())
            return true;
        var handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out var mode)
            && ((mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(handle, mode | VirtualTerminalProcessing));
    }

    [DllImport("kernel32.dll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr GetStdHandle(int which);

    [DllImport("kernel32.dll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(IntPtr handle, out uint mode);

    [DllImport("kernel32.dll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(IntPtr handle, uint mode);
}
